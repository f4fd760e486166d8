import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../src/domain/findings/report.ts';
import { demoArguments } from '../support/demo-arguments.ts';
import { takePageImages } from './page-images.ts';
import { imagedFigures } from './imaged-figures.ts';
import { takeSheetImages } from './sheet-images.ts';

/** `npm run screenshots`: audits the bundled month and takes the pictures of the README and the guides. Needs chromium, LibreOffice and poppler-utils. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const IMAGES = join(ROOT, '.github', 'screenshots');

const work = mkdtempSync(join(tmpdir(), 'csp-recon-screenshots-'));
try {
  const out = join(work, 'report');
  execFileSync(process.execPath, ['--import', 'tsx', 'src/bin.ts', ...demoArguments(), '--out', out, '--quiet'], { cwd: ROOT });
  mkdirSync(IMAGES, { recursive: true });
  const names = [
    ...(await takePageImages(join(out, 'report.html'), IMAGES)),
    ...(await takeSheetImages(join(out, 'report.xlsx'), IMAGES, work)),
  ];
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report;
  writeFileSync(join(IMAGES, 'made-from.json'), `${JSON.stringify(imagedFigures(report), null, 2)}\n`);
  for (const name of names) process.stdout.write(`${name}  ${Math.round(statSync(join(IMAGES, name)).size / 1000)} kB\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
