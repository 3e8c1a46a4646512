import json,sys
S='/work/shared/data/events/classes-train.jsonl'
gold=[json.loads(l) for l in open(S)]
out={}
for l in open('/tmp/lexicon/fc-classes.jsonl'):
    r=json.loads(l); out[r['document']['source']]=r
for g in gold:
    r=out.get(g['id']) 
    if r is None: continue
    if g['quad'] is None and r['events']:
        print('#',g['text'][:260].replace('\n',' '));
        for e in r['events']: print('      ',e['type'],[p['text'] for p in e['actors']],'->',[p['text'] for p in e['recipients']],'|',e['trigger']['text'],e['status'])
