import type { Argv } from 'yargs';
import { runAudit } from './commands/audit.ts';
import { runBaseline } from './commands/baseline.ts';
import { DEADLINE_FORMATS, printDeadlines } from './commands/deadlines.ts';
import { explain } from './commands/explain.ts';
import { runRender } from './commands/render.ts';
import { printRules } from './commands/rules.ts';
import { writeSample } from './commands/sample.ts';
import type { ExitCode } from './exit-codes.ts';
import { dayOption } from './option-invalid.ts';

type Done = (code: ExitCode) => void;

/** The commands with what they must be given, in the order of the help. */
const USAGE = {
  audit: 'audit [paths...]',
  render: 'render <report>',
  explain: 'explain <subject>',
  rules: 'rules',
  sample: 'sample <folder>',
  deadlines: 'deadlines <paths...>',
  baseline: 'baseline <report>',
} as const;

export const COMMANDS: readonly string[] = Object.values(USAGE);

/** Every command with its options; `done` is told the exit code of the one that ran. */
export function addCommands(cli: Argv, done: Done): Argv {
  return [auditCommand, renderCommand, explainCommand, rulesCommand, sampleCommand, deadlinesCommand, baselineCommand].reduce(
    (all, add) => add(all, done),
    cli,
  );
}

function auditCommand(cli: Argv, done: Done): Argv {
  return cli.command(
    USAGE.audit,
    'read exports, audit every line, write the report',
    (command) =>
      auditFlags(
        command.positional('paths', {
          type: 'string',
          array: true,
          describe: 'files, folders or globs; - is standard input',
        }),
      ),
    async ({ config, ...flags }) => {
      done(await runAudit(auditSettings(flags), config));
    },
  );
}

function renderCommand(cli: Argv, done: Done): Argv {
  return cli.command(
    USAGE.render,
    'any format again from a saved report, without the inputs',
    (command) =>
      redactFlags(
        command
          .positional('report', { type: 'string', demandOption: true, describe: 'a saved report.json' })
          .option('out', { type: 'string', describe: 'folder to write to, or - for standard output (default: that of the report)' })
          .option('format', { type: 'string', describe: 'comma-separated: xlsx, csv, json, html, ics (default: all)' })
          .option('min-amount', { type: 'string', describe: 'leave out findings with a smaller difference' })
          .option('quiet', { type: 'boolean', describe: 'print nothing' }),
      ).example(
        '$0 render csp-recon-report/report.json --redact --out to-share',
        'the whole report under pseudonyms, in a folder of its own',
      ),
    async (flags) => {
      done(await runRender(auditSettings(flags)));
    },
  );
}

function redactFlags<T>(command: Argv<T>) {
  return command
    .option('redact', { type: 'boolean', describe: 'stable pseudonyms for customer names, ids, domains, e-mails and file names' })
    .option('redact-key', {
      type: 'string',
      describe: 'a file only you have: pseudonyms that nobody can check a name against (default: none)',
    });
}

function explainCommand(cli: Argv, done: Done): Argv {
  return cli.command(
    USAGE.explain,
    'the text, dated figures and sources of a rule or policy figure; the whole proof of a finding',
    (command) =>
      command
        .positional('subject', {
          type: 'string',
          demandOption: true,
          describe: 'rule code, rule name, parameter id or finding fingerprint',
        })
        .option('report', { type: 'string', describe: 'saved report that holds the finding (default: csp-recon-report/report.json)' }),
    async ({ subject, report }) => {
      done(await explain(subject, report));
    },
  );
}

function rulesCommand(cli: Argv, done: Done): Argv {
  return cli.command(
    USAGE.rules,
    'the catalogue of rules, and the policy figures of a day',
    (command) => command.option('as-of', { type: 'string', describe: 'day whose policy figures are listed, YYYY-MM-DD' }),
    ({ asOf }) => {
      done(printRules(dayOption('as-of', asOf)));
    },
  );
}

function sampleCommand(cli: Argv, done: Done): Argv {
  return cli.command(
    USAGE.sample,
    'write a small made-up month with planted discrepancies, to try the tool on',
    (command) => command.positional('folder', { type: 'string', demandOption: true, describe: 'a new or empty folder' }),
    async ({ folder }) => {
      done(await writeSample(folder));
    },
  );
}

function deadlinesCommand(cli: Argv, done: Done): Argv {
  return cli.command(
    USAGE.deadlines,
    'what can still be cancelled or claimed, by when, for how much',
    (command) =>
      command
        .positional('paths', { type: 'string', array: true, demandOption: true, describe: 'a saved report.json, or exports' })
        .option('format', { choices: DEADLINE_FORMATS, default: 'table' as const, describe: 'table, csv or ics' })
        .option('out', { type: 'string', describe: 'file to write (default: standard output)' })
        .option('as-of', { type: 'string', describe: 'day on which deadlines are judged, YYYY-MM-DD (default: today, UTC)' })
        .option('context', { type: 'string', array: true, default: [] as string[], describe: 'other months: history only' })
        .option('events', { type: 'string', describe: 'your own record of purchases, seat changes and cancellations' }),
    async ({ paths, format, out, asOf, events, context }) => {
      done(await printDeadlines({ paths, format, out, asOf, events, context }));
    },
  );
}

function baselineCommand(cli: Argv, done: Done): Argv {
  return cli.command(
    USAGE.baseline,
    'accept findings of a saved report into a file, prune what is no longer needed in it',
    baselineFlags,
    async ({ report, file, reason, owner, expires, rule, fingerprint, prune, asOf }) => {
      done(await runBaseline({ report, file, reason, owner, expires, rule, fingerprint, prune, asOf }));
    },
  );
}

function baselineFlags<T>(command: Argv<T>) {
  return command
    .positional('report', { type: 'string', demandOption: true, describe: 'a saved report.json' })
    .option('file', { type: 'string', demandOption: true, describe: 'the baseline file; made where there is none' })
    .option('reason', { type: 'string', describe: 'why the findings are accepted' })
    .option('owner', { type: 'string', describe: 'who answers for it' })
    .option('expires', { type: 'string', describe: 'last day on which the acceptance holds, YYYY-MM-DD (default: it does not expire)' })
    .option('rule', { type: 'string', array: true, describe: 'only findings of these rules' })
    .option('fingerprint', { type: 'string', array: true, describe: 'only these findings' })
    .option('prune', { type: 'boolean', describe: 'remove acceptances that have expired or that no finding has any more' })
    .option('as-of', { type: 'string', describe: 'day of acceptance, YYYY-MM-DD (default: today, UTC)' });
}

function auditFlags<T>(command: Argv<T>) {
  return redactFlags(command)
    .option('context', { type: 'string', array: true, describe: 'other months: history only, never reported on' })
    .option('events', {
      type: 'string',
      describe: 'your own record of purchases, seat changes, suspensions, cancellations (csv, xlsx, json)',
    })
    .option('prices', { type: 'string', array: true, describe: 'price lists of the months of purchase and renewal (csv, xlsx)' })
    .option('register', { type: 'string', describe: 'register.xlsx of the month before: your status, ticket and notes are kept' })
    .option('baseline', { type: 'string', describe: 'accepted findings (csp-recon baseline)' })
    .option('policy', { type: 'string', describe: 'your own agreed terms over the published policy figures (json)' })
    .option('as-of', { type: 'string', describe: 'day on which deadlines are judged, YYYY-MM-DD (default: today, UTC)' })
    .option('out', { type: 'string', describe: 'folder of the report (default: csp-recon-report)' })
    .option('format', { type: 'string', describe: 'comma-separated: xlsx, csv, json, html, ics (default: all)' })
    .option('rounding', { type: 'string', describe: 'convention by which amounts are judged (default: auto, inferred from the files)' })
    .option('fail-on', {
      type: 'string',
      choices: ['error', 'warning', 'info', 'never'],
      describe: 'severity that gives exit code 1 (default: error)',
    })
    .option('max-rejected', { type: 'string', describe: 'unreadable rows tolerated before exit code 2 (default: 0)' })
    .option('min-amount', { type: 'string', describe: 'findings with a smaller difference are counted, not listed (default: 0)' })
    .option('layout', { type: 'string', choices: ['legacy-licence', 'new-commerce'], describe: 'override the detected layout' })
    .option('date-order', { type: 'string', choices: ['mdy', 'dmy'], describe: 'override the detected order of day and month' })
    .option('decimal-mark', { type: 'string', choices: ['.', ','], describe: 'override the detected decimal mark' })
    .option('delimiter', { type: 'string', describe: 'override the detected delimiter (tab for a tab)' })
    .option('encoding', { type: 'string', describe: 'override the detected encoding' })
    .option('config', { type: 'string', describe: 'options as JSON (default: csp-recon.config.json, searched upward)' })
    .option('log-level', {
      type: 'string',
      choices: ['silent', 'error', 'warn', 'info', 'debug'],
      describe: 'how much is logged to standard error (default: warn)',
    })
    .option('log-file', { type: 'string', describe: 'log to this file instead' })
    .option('progress', { type: 'boolean', describe: 'show a progress line on a terminal (--no-progress: never)' })
    .option('quiet', { type: 'boolean', describe: 'no summary and no progress; the exit code tells' })
    .example('$0 audit april.csv', 'audit one file; the report is in csp-recon-report')
    .example('$0 audit exports/2026-04 --context exports/2026-03 --fail-on warning', 'a month with its predecessor as history');
}

/** yargs gives every flag twice, as typed and in camel case, beside its own `_` and `$0`: the options speak camel case. */
function auditSettings(flags: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(flags).filter(([name]) => /^[a-zA-Z]+$/.test(name)));
}
