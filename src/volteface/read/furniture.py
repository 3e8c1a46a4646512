"""Lines that are furniture whatever stands around them, and sections of furniture within an article.

Rules for what a reader could state and check: pointers to other stories, rights, tags, credits, stamps,
buttons. A sentence of news about subscriptions, donations or copyright is none of these: a rule wants the
form of the line (its opening words, its length, no sentence's end), never one word of it.
All patterns are anchored or bounded; `LONGEST` characters are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from volteface.read.cues import STRAIGHT, cues, is_contact

# Longer lines are paragraphs; the longest notices of rights seen have some 350 characters.
LONGEST = 400
MARKS = " \t\u00a0*•·→►▶▸›»|>–—-+[]()✉⬇↓▼"
SENTENCE = re.compile(r"[.!?][\"'”’)\]]{0,2}$")

_STRONG = (
    r"read more|read also|also read|read next|read this next|related(?: \w{4,9})?|see also|more on "
    r"this(?: \w+)?|"
    r"further reading|recommended(?: reading)?|you may also like|don't miss|must[- ]read|up next|"
    r"in case you missed it|more from \w+(?: \w+)?|from the archives?|continue reading|keep reading|go deeper"
)
_WEAK = (
    r"read|see|more|watch|watch live|watch now|listen|listen now|video|podcast|photos|gallery|in pictures|"
    r"explainer|explained|analysis|opinion|live|live blog|timeline|interactive|quiz|background|also|next|"
    r"previous|factbox|in depth|longread|play|click here"
)
# "Read more: …" is a pointer; "Watch: …" only where a headline, not a sentence, follows.
POINTER = re.compile(rf"(?:{_STRONG})\s{{0,2}}(?:[:|>»›→]|[–—-](?=\s))\s{{0,2}}\S", re.I)
WEAK_POINTER = re.compile(rf"(?:{_WEAK})\s{{0,2}}(?:[:|>»›→])\s{{0,2}}\S", re.I)
POINTER_WORDS = 40

# Without a colon: an order to the reader, in few words.
ORDER = re.compile(
    r"(?:read|see|view|follow|watch|check out|explore|find|get|listen to|click(?: here)?(?: to| for)?|tap)\s"
    r"(?:more\b|our\b|the (?:full|latest|live|original|whole|video|rest)\b|all our\b|all of our\b|here\b|"
    r"this (?:story|article)\b|also\b)",
    re.I,
)
ORDER_WORDS = 18

RIGHTS = re.compile(
    r"©|\(c\)\s|(?:text |image )?copyright\s{0,2}(?:©|\(c\)|:|(?:19|20)\d\d|(?:the\s|by\s)?[A-Z])"
    r"|all rights?\b[^.]{0,40}\b(?:reserved|belong)"
    r"|(?:for|to request|to order|to purchase) (?:re)?(?:prints?|publication|licens)\w{0,6}\b"
    r"|(?:this|the) (?:article|story|text|material|content|report|piece|post|column|interview|"
    r"commentary|essay|op-ed)s?"
    r" (?:(?:was|is|has been|were|are|have been) (?:also |first |originally )?"
    r"(?:published|produced|provided|supplied|republished|reprinted|licensed|adapted|protected)\b"
    r"|(?:(?:originally|first) )?(?:appeared|appears|ran) |may not\b|must not be\b|cannot be\b|"
    r"contains (?:links|affiliate))"
    r"|(?:originally|first) (?:published|appeared) (?:in|on|by|at)\b"
    r"|re(?:production|publication|printing|use|distribution)\b[^.]{0,60}\b(?:prohibited|permission|"
    r"permitted|forbidden)"
    r"|no part of this\b|not to be re\w{4,12}\b|republished (?:with|by) permission|reprinted (?:with|"
    r"by) permission"
    r"|licen[sc]ed under\b|the (?:views|opinions)(?: and (?:views|opinions))? expressed\b|views expressed\b"
    r"|\S.{0,40}\b(?:is|are) (?:not |in no way )responsible for the content"
    r"|\S.{0,60}\b(?:takes?|accepts?|assumes?|bears?) no (?:responsibility|liability|legal "
    r"responsibility) for"
    r" (?:loss|the content|the accuracy|the views|external|error|damage|any|content|omission)",
    re.I,
)
RIGHTS_WORDS, NOTICE_WORDS = 60, 15
REPORTED = re.compile(r"\b(?:said|says|told|sued|ruled|accused)\b")

TAGS = re.compile(
    r"(?:topics?|tags?|tagged(?: with| in| as)?|keywords?|filed under|posted in|filed in|categor(?:y|ies)|"
    r"more about|related topics|hashtags|in this (?:story|article)|explore more|topics in this "
    r"\w{4,8})\s{0,2}[:|]",
    re.I,
)
AGENCIES = (
    r"AFP|AP|AP Photo|Associated Press|Reuters|EPA|EPA-EFE|EFE|Getty|Getty Images|TASS|dpa|DPA|PA|PA "
    r"Media|PA Wire|ANSA|NTB|"
    r"TT|Ritzau|Lehtikuva|Scanpix|NTB Scanpix|Xinhua|Kyodo|Anadolu|Anadolu Agency|Bloomberg|"
    r"Shutterstock|iStock|Alamy|"
    r"ZUMA|Sipa|Sipa USA|RIA Novosti|Interfax|Sputnik|UPI|ANI|PTI|CP|The Canadian Press|NurPhoto|"
    r"Unsplash|Pexels|"
    r"Wikimedia Commons|Wikipedia|Flickr|Handout|Handout via \w+|Archive"
)
AGENCY_CREDIT = re.compile(
    rf"[(\[]?(?:[^\W\d_][\w.'&-]{{0,25}}(?:\s[^\W\d_][\w.'&-]{{0,25}}){{0,4}}\s?(?:/|,|\||via|for|-|–|—)\s?)?"
    rf"(?:{AGENCIES})(?:\s?/\s?[\w .-]{{2,30}})?(?:\s?(?:file|archive|photo|images))?[)\]]?\.?$"
)
CREDIT = re.compile(
    r"[(\[]?(?:(?:file|main|top|cover|header|featured|lead|stock) )?(?:photo(?:s|graph|graphy|"
    r"graphs)?|pictures?|images?|"
    r"graphics?|illustration|credit|photo credit|image credit|image source|picture credit|photographer|video)"
    r"(?: credit| source)?\s{0,2}(?::|/|©|\bby\b|\bcourtesy\b|-)\s{0,2}\S",
    re.I,
)
CREDIT_WORDS = 10
CREDIT_SMALL = frozenset(
    [
        "archive",
        "archives",
        "courtesy",
        "handout",
        "file",
        "via",
        "press",
        "service",
        "office",
        "ministry",
        "agency",
        "from",
        "photo",
        "photos",
        "image",
        "images",
        "for",
        "and",
        "supplied",
        "screenshot",
        "screengrab",
        "video",
        "contributed",
        "collection",
        "library",
        "illustration",
    ]
)
SLUG = re.compile(
    r"(?:UPDATE \d{1,2}-|BC-)?[A-Z]{3,20}(?:[-/][A-Z]{3,20}){0,4}(?:[/-][A-Z]{3,20})(?: \([A-Z, ]{2,30}\))?$"
)

_TIME = r"\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?(?:\(?[A-Z]{2,4}\)?|local time))?"
_SOCIAL = (
    r"facebook|twitter|x|x \(twitter\)|whatsapp|telegram|linkedin|reddit|pinterest|instagram|youtube|"
    r"e-?mail|mail|print|"
    r"copy(?: link| url)?|link|save|bookmark|share|messenger|bluesky|threads|mastodon|tiktok|viber|"
    r"flipboard|pocket|gift"
)
STAMP = re.compile(
    rf"{_TIME}(?:\s?[|·,–-]\s?.{{0,30}})?$"
    r"|\d{1,2}\+?\s?[- ]?(?:min(?:ute)?s?|m)(?:\.|\s)(?:read|listen|watch)\b.{0,20}$"
    r"|(?:reading|listening|read|estimated reading) time\s{0,2}:?.{0,25}$"
    r"|(?:updated|posted|published|last updated|modified|edited)?\s?(?:about |over |an? )?\d{0,3}\s?"
    r"(?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?|[hd])\s?ago$"
    r"|(?:last |first )?(?:updated|published|posted|modified)(?: (?:on|at|by))?\s{0,2}[:|"
    r"]?\s{0,2}[^.!?]{0,60}\d[^!?]{0,20}$"
    r"|\d{1,2}:\d\d\s?/\s?\d{1,2}:\d\d$"
    r"|\(?\d{1,6}\)?\s?(?:comments?|shares?|likes?|views?|replies|reactions?)$|(?:comments?|shares?|"
    r"likes?|views?)\s?[(:]?\s?\d{1,6}\)?$"
    r"|\d{1,2}\s?(?:/|of)\s?\d{1,2}$|page \d{1,3}(?: of \d{1,3})?$",
    re.I,
)
# Buttons, boxes and banners: whole lines, or lines that begin so and are short.
BUTTON = re.compile(
    r"(?:advertisements?|advert|ad|ads|ad feedback|protected by re\w{4,9}|now playing|link copied|"
    r"video ad feedback|"
    r"sponsored|promoted|paid content|partner content|story "
    r"continues(?: below)?.{0,30}|"
    r"(?:article |story )?continues (?:below|after).{0,30}|continue reading(?: below| the main "
    r"story)?|skip (?:ad|advertisement|past).{0,40}|"
    r"scroll (?:down|to continue).{0,20}|"
    rf"(?:{_SOCIAL})(?:\s?[|·/,]?\s?(?:{_SOCIAL})){{0,8}}|share (?:this|on|via|the|your|full).{{0,30}}|"
    rf"share\s?:.{{0,60}}|"
    r"(?:tweet|follow)(?: this| us.{0,30})?|post|"
    r"(?:play|pause|listen|watch|stop)(?: (?:to )?(?:this |the )?(?:article|story|audio|video|now|"
    r"live|page)).{0,30}|"
    r"listen\s?[·|(:-].{0,20}|audio|audio version|text size|font size|a a a|zoom|toggle caption|hide "
    r"caption|enlarge(?: this image)?|"
    r"view (?:comments?|gallery|image|in full|all.{0,20})|(?:open|close|view) (?:image|gallery|modal|menu)|"
    r"(?:leave|add|post|write) (?:a |your )?(?:comment|reply)|reply|like|report|load more.{0,20}|show "
    r"(?:more|less|comments)|see (?:more|all)|"
    r"sign (?:up|in)|subscribe(?: now| today| here)?|log ?in|register|unsubscribe|submit|donate(?: "
    r"now| here)?|support us|join now|"
    r"accept(?: all)?(?: cookies)?|reject(?: all)?(?: cookies)?|(?:manage|cookie) (?:choices|"
    r"preferences|settings|cookies)|i agree|got it|"
    r"no,? thanks|not now|maybe later|remind me (?:later|in .{1,20}|next .{1,20})|back to (?:top|"
    r"home)|top of page|home|"
    r"read more|read on|see also|related|more|close|menu|search|next|previous|permalink|end of "
    r".{0,40}|most read|most popular|trending|"
    r"(?:(?:monthly|once|one-time|one-off|yearly|annually|annual|weekly)[ |/·,]{0,3}){1,4})[.!:…]{0,3}",
    re.I,
)
BOX = re.compile(
    r"(?:enter |type )?your e-?mail\b|enter (?:your )?e-?mail|e-?mail(?: address)?\s?[:*]|e-?mail address$|"
    r"(?:sign|signing) up (?:for|to|here|now|and|today|below|with|by)\b|by (?:signing|subscribing|"
    r"entering|clicking|providing|registering|continuing)\b[^.]{0,60}"
    r"\b(?:you|agree|accept|consent|our)\b|"
    r"subscribe (?:to (?:continue|our|the|read|us|get|unlock|receive)|for|and|today|now|from|via|with)\b|"
    r"(?:already|not|are you) (?:a |an )?(?:subscriber|subscribed|registered|member)\b|"
    r"(?:this|the) (?:article|story|content) is (?:for|only|available|exclusive|reserved|"
    r"free)\b[^.]{0,40}\b(?:subscriber|member|to read)|"
    r"you (?:have|'ve)\b[^.]{0,40}\b(?:free )?(?:article|stor)\w{1,4}\b|to continue reading\b|to read "
    r"the (?:full|rest|whole)\b|"
    r"we (?:and our|use|value)\b[^.]{0,60}\b(?:cookies|partners|privacy|trackers)|(?:this|our) "
    r"(?:web)?site uses cookies|"
    r"by continuing to\b|manage your (?:choices|cookies|preferences)|you can (?:unsubscribe|opt out|"
    r"cancel|leave)\b|unsubscribe (?:at|any)|"
    r"(?:follow|join|find|like) (?:us|our)\b[^.]{0,20}\b(?:on|at|channel|page)|follow .{2,30} on (?:x|"
    r"twitter|facebook|telegram|instagram|whatsapp)\b|"
    r"(?:get|download) (?:the|our)\b[^.]{0,40}\b(?:app|newsletter|inbox|alerts|briefing)|get "
    r".{2,60}\b(?:in|to) your (?:inbox|mailbox|phone)|"
    r"thank you for (?:subscribing|signing|registering|reading|your interest)|check your (?:inbox|e-?mail)|"
    r"(?:please )?enable javascript|your browser does not support|"
    r"(?:found|spotted|noticed|see) (?:a|an) (?:mistake|error|typo)|(?:do )?you have (?:a|any) (?:tip|"
    r"information|story)\b|"
    r"(?:got|have) (?:a|any) (?:news )?(?:tip|story)\b[^.]{0,30}\?|"
    r"(?:please )?(?:read|keep to|see) (?:our|the) (?:house rules|comment|community|privacy|terms)|"
    r"comments (?:are|have been|will be) (?:closed|disabled|moderated|turned)|"
    r"be the first to comment|(?:tell|let) us (?:know )?what you think|what do you think\b.{0,40}\?|"
    r"join the (?:conversation|discussion|debate)|"
    r"our (?:morning|evening|daily|weekly|free) (?:newsletter|letter|briefing|digest)|"
    r"privacy policy|terms (?:of|and) (?:use|service|conditions)|"
    r"(?:support|help|back) (?:our|independent|us|quality|fearless) (?:journalism|reporting|media|"
    r"newsroom|work|keep|stay|to)\b",
    re.I,
)
CONTRIBUTED = re.compile(
    r"(?:additional )?(?:reporting|writing|editing) by\b|(?:press|media) (?:contacts?|inquiries|"
    r"enquiries|office)\s?:|"
    r"(?:like|liked|enjoyed|enjoying) (?:this|what you)\b|[^.]{3,120}\bcontributed (?:to (?:this|the) "
    r"(?:report|story|article)|reporting)\b",
    re.I,
)
CONTRIBUTED_WORDS = 30
OFFER = re.compile(
    r"\b(?:subscribe to our|sign up (?:for|to) our|join our (?:channel|newsletter|community)|download our)\b",
    re.I,
)
OFFER_WORDS = 25
BOX_WORDS, REFERS_TO_READER = 45, re.compile(r"\b(?:you|your|we|our|us)\b", re.I)
QUOTE = re.compile(r"[\"“‘']")
SHORT = 12


# A page's lines are asked about several times while it is read.
@lru_cache(maxsize=4096)
def is_furniture(text: str) -> bool:
    """Whether a line of an article's body is furniture by what it says alone."""
    if len(text) > LONGEST:
        return False
    plain = " ".join(text.translate(STRAIGHT).split())
    bare = plain.strip(MARKS)
    if not bare:
        return True
    if QUOTE.match(bare):
        return False
    count = len(bare.split())
    return (
        is_contact(plain)
        or _points(bare, count)
        or _rights(bare, count)
        or (TAGS.match(bare) is not None and SENTENCE.search(bare) is None)
        or is_credit(plain)
        or SLUG.match(bare) is not None
        or STAMP.match(bare) is not None
        or BUTTON.fullmatch(bare) is not None
        or _box(bare, count)
    )


def _points(text: str, count: int) -> bool:
    if count <= POINTER_WORDS and POINTER.match(text):
        return True
    if WEAK_POINTER.match(text):
        return count <= POINTER_WORDS and not text.endswith(".") and count >= 3
    return count <= ORDER_WORDS and ORDER.match(text) is not None


def _rights(text: str, count: int) -> bool:
    match = RIGHTS.match(text)
    if match is None:
        return "all rights reserved" in text.lower() and count <= RIGHTS_WORDS
    loose = match.group().lower().lstrip().startswith(("copyright", "text copyright", "image copyright"))
    return count <= (NOTICE_WORDS if loose else RIGHTS_WORDS) and REPORTED.search(text) is None


def is_credit(text: str) -> bool:
    """A picture's credit that stands alone: a name, an agency, no description."""
    if len(text) > 120 or len(text.split()) > CREDIT_WORDS:
        return False
    if AGENCY_CREDIT.match(text):
        return True
    if CREDIT.match(text) is None:
        return False
    words = re.findall(r"[^\W\d_]{2,}", text)[1:]
    return all(w[0].isupper() or w.lower() in CREDIT_SMALL or len(w) < 4 for w in words)


def _box(text: str, count: int) -> bool:
    if count <= CONTRIBUTED_WORDS and CONTRIBUTED.match(text):
        return True
    if count <= OFFER_WORDS and OFFER.search(text) and REPORTED.search(text) is None:
        return True
    if count > BOX_WORDS or BOX.match(text) is None:
        return False
    return count <= SHORT or REFERS_TO_READER.search(text) is not None


# A section's heading holds for this many lines at most, and a list in it has headlines, not paragraphs.
MOST_ITEMS, ITEM_WORDS = 12, 22
# The heading and the last button of a box stand this near to each other; an appeal's may be further apart.
BOX_LINES, APPEAL_LINES = 7, 25
LETTER = re.compile(
    r"(?:a |an )?(?:message|note|letter|word) (?:from|to)\b|dear\b|before you (?:go|read)", re.I
)
# A line of a sentence's length.
PROSE = 50
PITCH = re.compile(
    r"\b(?:every|each) (?:\w+day|day|morning|evening|week|month|weekday)|\b(?:inbox|mailbox|e-?mail|"
    r"newsletter|unsubscribe|"
    r"digest|briefing|before breakfast|subscri\w{2,7}|our (?:editors|reporters|best))\b",
    re.I,
)
FIELD = re.compile(
    r"(?:enter |type )?your e-?mail(?: address)?(?: here)?\*?|e-?mail address\*?|enter (?:your "
    r")?e-?mail.{0,20}",
    re.I,
)
HEADING_WORDS = 10
CLOSE = re.compile(
    r"(?:enter |type )?your e-?mail.{0,30}|e-?mail(?: address)?.{0,3}|enter (?:your )?e-?mail.{0,20}|"
    r"sign up.{0,20}|subscribe.{0,20}|"
    r"submit|join.{0,15}|donate.{0,20}|support (?:us|our \w+|the \w+).{0,20}|contribute.{0,20}|give "
    r"(?:now|today|what.{0,15})|continue|"
    r"become a .{3,20}|remind me.{0,20}|not (?:now|today).{0,3}|maybe later|payment methods.{0,40}|"
    r"(?:i )?(?:already|have) .{0,30}|once|monthly|yearly|"
    r"annually|one-time|thank you.{0,40}|preview|privacy policy|no,? thanks|close|×|paypal.{0,30}|"
    r"bank transfer",
    re.I,
)


def sections(
    texts: Sequence[str], gaps: Sequence[bool] | None = None, heads: Sequence[str | None] | None = None
) -> set[int]:
    """Lines of furniture sections: a heading ("See also", "Sign up for …") with what belongs to it.

    A list of stories ends where prose begins. A box or an appeal reaches to its last button; without a button
    it is the heading and the pitch below it. `gaps`: whether an empty line stands before each line; `heads`:
    `Cues.heads` of each, if known.
    """
    known = cues()
    gone: set[int] = set()
    for i, text in enumerate(texts):
        kind = heads[i] if heads is not None else known.heads(text)
        if i in gone or kind not in ("more", "subscription", "appeal") or SENTENCE_LIKE.search(text):
            continue
        if kind == "more":
            end = _list_end(texts, gaps, i)
        else:
            end = _box_end(texts, i, letter=kind == "appeal" and LETTER.match(text) is not None)
        if end > i or is_furniture(text):
            gone.update(range(i, end + 1))
    for i, text in enumerate(texts):
        if i not in gone and FIELD.fullmatch(text.translate(STRAIGHT).strip(MARKS)):
            gone.update(range(_box_start(texts, i), i + 1))
    return gone


def _box_start(texts: Sequence[str], field: int) -> int:
    """The first line of the box that ends in a field for an e-mail: pitches and, above them, one heading."""
    start = field
    for i in range(field - 1, max(-1, field - 4), -1):
        count = len(texts[i].split())
        if SENTENCE.search(texts[i]) is None and count <= HEADING_WORDS:
            return i
        if not PITCH.search(texts[i]) or count > BOX_WORDS or SENTENCE_LIKE.search(texts[i]):
            break
        start = i
    return start


SENTENCE_LIKE = re.compile(r"^[\"“‘']|\bsaid\b")


def _pitches(text: str) -> bool:
    return PITCH.search(text) is not None or REFERS_TO_READER.search(text.lower()) is not None


def _list_end(texts: Sequence[str], gaps: Sequence[bool] | None, head: int) -> int:
    """The last line of the list of stories below `head`; `head` itself if none is there."""
    end = head
    for i in range(head + 1, min(len(texts), head + 1 + MOST_ITEMS)):
        if len(texts[i].split()) > ITEM_WORDS or (SENTENCE.search(texts[i]) and not texts[i].endswith("?")):
            break
        end = i
    # A last line that an empty line parts from a list without any is a subheading of the article.
    last = end + 1 < len(texts) and end > head + 1
    if last and gaps is not None and gaps[end] and not any(gaps[head + 2 : end]):
        end -= 1
    return end


def _box_end(texts: Sequence[str], head: int, *, letter: bool) -> int:
    """The last button of the box or letter below `head`. In a letter paragraphs may read as news; a box
    ends where a sentence speaks to nobody."""
    end = head
    stop = min(len(texts), head + 1 + (APPEAL_LINES if letter else BOX_LINES))
    for i in range(head + 1, stop):
        if not letter and len(texts[i]) >= PROSE and SENTENCE.search(texts[i]) and not _pitches(texts[i]):
            break
        bare = texts[i].translate(STRAIGHT).strip(MARKS)
        if CLOSE.fullmatch(bare) or (len(bare.split()) <= BOX_WORDS and BOX.match(bare)):
            end = i
    if end == head:
        for i in range(head + 1, min(stop, head + 3)):
            if PITCH.search(texts[i]) is None or len(texts[i].split()) > BOX_WORDS or QUOTE.search(texts[i]):
                break
            end = i
    return end
