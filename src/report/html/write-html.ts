import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { Report } from '../../domain/findings/report.ts';
import { chunks } from '../chunks.ts';
import { pageAsset } from '../page-asset.ts';
import { backgroundSection } from './background-section.ts';
import { deadlinesSection } from './deadlines-section.ts';
import { embeddedFindings } from './embedded-findings.ts';
import { findingsSection } from './findings-section.ts';
import { moneySection } from './money-section.ts';
import { overviewSection } from './overview-section.ts';
import { markup } from './safe-html.ts';

/** The page's script and style, in the order in which their parts need one another. */
const SCRIPTS = ['findings.js', 'proof.js', 'list.js', 'page.js'];

const STYLES = ['page.css', 'overview.css', 'charts.css', 'findings.css', 'media.css'];

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/**
 * The one page in pieces. Nothing may be loaded from anywhere, and only the style and the script whose hashes stand in its policy run: a
 * text that slipped through as markup could still do nothing.
 */
function* pieces(report: Report): Generator<string> {
  const style = `\n${STYLES.map(pageAsset).join('\n')}`;
  const script = `\n'use strict';\n(() => {\n${SCRIPTS.map(pageAsset).join('\n')}\n})();\n`;
  const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; img-src data:; base-uri 'none'; form-action 'none'`;
  yield markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>CSP audit as of ${report.asOf}</title>
`.text;
  yield `<style>${style}</style>\n</head>\n<body>\n<a class="skip" href="#findings">Skip to the findings</a>\n<main>\n`;
  for (const section of [overviewSection, moneySection, deadlinesSection, findingsSection, backgroundSection])
    yield `${section(report).text}\n`;
  yield '</main>\n<script type="application/json" id="data">';
  yield* embeddedFindings(report);
  yield `</script>\n<script>${script}</script>\n</body>\n</html>\n`;
}

/** Writes report.html: one page that needs no network and no server. */
export async function writeHtml(path: string, report: Report): Promise<void> {
  await writeFile(path, chunks(pieces(report)), 'utf8');
}
