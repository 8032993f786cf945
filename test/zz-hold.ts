import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { aWorld } from './world.ts';
const MB5 = 5*1024*1024 - 100;
const fill=(unit: string,open='[',close=']')=>{const n=Math.floor((MB5-2)/(unit.length+1));return open+Array(n).fill(unit).join(',')+close};
const bodies: Record<string,string>={
 arrays: fill('[]'), objects: fill('{"a":{}}'), numbers: fill('1'), ids: fill('{"id":8412345678901234567}'),
 strings: fill('"src/some/path/to/a/file.ts"'), onestring: JSON.stringify({title:'x', text:'x'.repeat(MB5-100)}),
 keys: '{'+Array.from({length:MB5/13|0},(_, i)=>`"k${String(i).padStart(7,'0')}":1`).join(',')+'}',
 keys10: '['+Array.from({length:MB5/135|0},(_, i)=>'{'+Array.from({length:10},(_, j)=>`"k${String(i*10+j).padStart(7,'0')}":1`).join(',')+'}').join(',')+']',
 records: fill(JSON.stringify({id:123456,name:'Some name here',url:'https://example.com/a/b/c/d',nested:{a:1,b:'two',c:[1,2,3]}})),
};
await using world = await aWorld();
const e = await world.endpoint('generic', 'in #ops');
for (const [name, body] of Object.entries(bodies)) {
  const histogram = monitorEventLoopDelay({ resolution: 5 });
  const buf = Buffer.from(body);
  await wait(100);
  histogram.enable();
  const a = performance.now();
  const r = await fetch(e.url, { method: 'POST', body: buf, headers: { 'content-type': 'application/json' } });
  const ack = performance.now() - a;
  await world.settled();
  const all = performance.now() - a;
  await wait(50);
  histogram.disable();
  console.log(name.padEnd(10), r.status, 'ack', ack.toFixed(0).padStart(5), 'settled', all.toFixed(0).padStart(5), 'longest hold', (histogram.max/1e6).toFixed(0).padStart(5));
}
process.exit(0);
