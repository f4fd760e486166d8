import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

/** `tsx test/bench/csv-parse-only.ts FILE`: what csv-parse alone costs, by the quickest of its interfaces (arrays, 'readable', large chunks). */
const file = process.argv[2];
if (file === undefined) throw new Error('usage: tsx test/bench/csv-parse-only.ts FILE');

const parser = createReadStream(file, { highWaterMark: 1 << 18 }).pipe(parse({ bom: true }));
let records = 0;
parser.on('readable', () => {
  while (parser.read() !== null) records += 1;
});
parser.on('end', () => {
  process.stdout.write(`${records - 1}\n`);
});
