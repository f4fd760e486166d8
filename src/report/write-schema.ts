/** A step of the build: `write-schema <path>` writes the JSON Schema of report.json. */
import { writeFileSync } from 'node:fs';
import { reportJsonSchema } from './report-schema.ts';

const path = process.argv[2];
if (path === undefined) throw new Error('write-schema: give the path of the file to write');
writeFileSync(path, `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
