import type { Argv } from 'yargs';
import { LAYOUT_NAMES } from '../domain/charges/charge-line.ts';
import { COMMAND_EXAMPLES, type CommandExample } from './command-examples.ts';
import { runAudit } from './commands/audit.ts';
import { runBaseline } from './commands/baseline.ts';
import { DEADLINE_FORMATS, printDeadlines } from './commands/deadlines.ts';
import { explain } from './commands/explain.ts';
import { onceGiven } from './prorate/option-values.ts';
import { PRORATE_KINDS, printProration } from './commands/prorate.ts';
import { runRender } from './commands/render.ts';
import { printRules } from './commands/rules.ts';
import { writeSample } from './commands/sample.ts';
import { CLAIMANT_ROLES } from '../domain/partner/service-incident.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { dayOption } from './option-invalid.ts';

type Done = (code: ExitCode) => void;

/** The commands with what they must be given, in the order of the help. */
const USAGE = {
  audit: 'audit [paths...]',
  render: 'render <report>',
  explain: 'explain <subject>',
  rules: 'rules',
  prorate: 'prorate',
  sample: 'sample <folder>',
  deadlines: 'deadlines <paths...>',
  baseline: 'baseline <report>',
  completion: 'completion',
} as const;

export const COMMANDS: readonly string[] = Object.values(USAGE);

/** Every command with its options; `done` is told the exit code of the one that ran. */
export function addCommands(cli: Argv, done: Done): Argv {
  return [
    auditCommand,
    renderCommand,
    explainCommand,
    rulesCommand,
    prorateCommand,
    sampleCommand,
    deadlinesCommand,
    baselineCommand,
    completionCommand,
  ].reduce((all, add) => add(all, done), cli);
}

/** A command with the examples of its help. */
function withExamples<T>(command: Argv<T>, name: keyof typeof USAGE): Argv<T> {
  const examples: readonly CommandExample[] = COMMAND_EXAMPLES[name];
  return examples.reduce((all, [line, does]) => all.example(line, does), command);
}

function auditCommand(cli: Argv, done: Done): Argv {
  return cli.command(
    USAGE.audit,
    'read exports, audit every line, write the report',
    (command) =>
      auditFlags(
        withExamples(command, 'audit').positional('paths', {
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
        withExamples(command, 'render')
          .positional('report', { type: 'string', demandOption: true, describe: 'a saved report.json' })
          .option('out', { type: 'string', describe: 'folder to write to, or - for standard output (default: that of the report)' })
          .option('format', { type: 'string', describe: 'comma-separated: xlsx, csv, json, html, ics (default: all)' })
          .option('min-amount', { type: 'string', describe: 'leave out findings with a smaller difference' })
          .option('quiet', { type: 'boolean', describe: 'print nothing' }),
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
      withExamples(command, 'explain')
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
    (command) =>
      withExamples(command, 'rules').option('as-of', { type: 'string', describe: 'day whose policy figures are listed, YYYY-MM-DD' }),
    ({ asOf }) => {
      done(printRules(dayOption('as-of', asOf)));
    },
  );
}

function prorateCommand(cli: Argv, done: Done): Argv {
  return cli.command(
    USAGE.prorate,
    'one charge, credit or returned reservation worked out step by step, under every published convention',
    (command) => prorateFlags(withExamples(command, 'prorate')),
    ({ kind, json, ...flags }) => {
      done(printProration(kind, onceGiven(flags), json));
    },
  );
}

function prorateFlags<T>(command: Argv<T>) {
  const text = (describe: string): { readonly type: 'string'; readonly describe: string } => ({ type: 'string', describe });
  return command
    .option('kind', { choices: PRORATE_KINDS, default: 'charge' as const, describe: 'what is worked out' })
    .option('commerce', text('legacy or new-commerce'))
    .option('price', text('price of one licence or unit for one whole cycle or payment'))
    .option('quantity', text('licences or units'))
    .option('currency', text('currency of the invoice: its decimals decide the rounding'))
    .option('first', text('first day of the charge cycle, YYYY-MM-DD'))
    .option('last', text('last day of the charge cycle, included'))
    .option('start', text('instead of the cycle: first day of the subscription'))
    .option('billing', text('with --start: monthly, annual or triennial'))
    .option('on', text('day of the change or cancellation: first day billed or given back (default: first day of the cycle)'))
    .option('until', text('last day billed or given back (default: last day of the cycle)'))
    .option('pricing-currency', text('currency of the price, where it is another (new commerce)'))
    .option('rate', text('exchange rate from the pricing currency to the currency of the invoice'))
    .option('purchased', text('day of purchase: with --kind cancel it decides what is given back'))
    .option('term', text('reservation: 1y, 3y or 5y'))
    .option('plan', text('reservation: upfront or monthly'))
    .option('returned', text('reservation: day of return'))
    .option('used', text('reservation: yes, no or unknown (default: unknown)'))
    .option('current-price', text('reservation: the price today, for the lower one counts'))
    .option('json', { type: 'boolean', default: false, describe: 'the same as JSON' });
}

function sampleCommand(cli: Argv, done: Done): Argv {
  return cli.command(
    USAGE.sample,
    'write a small made-up month with planted discrepancies, to try the tool on',
    (command) =>
      withExamples(command, 'sample').positional('folder', { type: 'string', demandOption: true, describe: 'a new or empty folder' }),
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
      withExamples(command, 'deadlines')
        .positional('paths', { type: 'string', array: true, demandOption: true, describe: 'a saved report.json, or exports' })
        .option('format', { choices: DEADLINE_FORMATS, default: 'table' as const, describe: 'table, csv or ics' })
        .option('out', { type: 'string', describe: 'file to write (default: standard output)' })
        .option('as-of', { type: 'string', describe: 'day on which deadlines are judged, YYYY-MM-DD (default: today, UTC)' })
        .option('context', { type: 'string', array: true, default: [] as string[], describe: 'other months: history only' })
        .option('events', { type: 'string', describe: 'your own record of purchases, seat changes and cancellations' })
        .option('incidents', { type: 'string', describe: 'service incidents for outage credits' })
        .option('invoices', { type: 'string', describe: 'invoice headers: adds what must be paid, and by when' })
        .option('policy', { type: 'string', describe: 'your own agreed terms over the published ones (JSON)' })
        .option('register', { type: 'string', describe: 'the claims register of earlier months: adds what is still open from them' }),
    async ({ paths, format, out, asOf, events, incidents, invoices, policy, register, context }) => {
      done(await printDeadlines({ paths, format, out, asOf, events, incidents, invoices, policy, register, context }));
    },
  );
}

function baselineCommand(cli: Argv, done: Done): Argv {
  return cli.command(
    USAGE.baseline,
    'accept findings of a saved report into a file, prune what is no longer needed in it',
    (command) => baselineFlags(withExamples(command, 'baseline')),
    async ({ report, file, reason, owner, expires, rule, fingerprint, prune, asOf }) => {
      done(await runBaseline({ report, file, reason, owner, expires, rule, fingerprint, prune, asOf }));
    },
  );
}

/** Which shell it is for, yargs takes from the variable SHELL. */
function completionCommand(cli: Argv, done: Done): Argv {
  return cli.command(
    USAGE.completion,
    'print a script that completes commands and options in bash or zsh',
    (command) => withExamples(command, 'completion'),
    () => {
      cli.showCompletionScript();
      done(EXIT.clean);
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
    .option('incidents', { type: 'string', describe: 'service incidents for outage credits (csv, xlsx, json)' })
    .option('claimant-role', {
      type: 'string',
      choices: CLAIMANT_ROLES,
      describe: 'who you are for outage claims, where the list of incidents does not say',
    })
    .option('provider-lead-days', {
      type: 'string',
      describe: 'days before a deadline by which a reseller asks the provider to file (default: 7)',
    })
    .option('invoices', {
      type: 'string',
      describe: 'invoice headers: number, date, currency, total, tax, kind, status, replaces, paidOn, publishedOn (csv, xlsx, json)',
    })
    .option('partner-country', {
      type: 'string',
      describe: 'your own country, two letters such as NL: in whose currency invoices should bill (IN03)',
    })
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
    .option('layout', { type: 'string', choices: LAYOUT_NAMES, describe: 'override the detected layout' })
    .option('mapping', {
      type: 'string',
      describe: 'what headings mean that no layout knows: { "layout", "columns": { heading: column } } (json)',
    })
    .option('date-order', { type: 'string', choices: ['mdy', 'dmy'], describe: 'override the detected order of day and month' })
    .option('decimal-mark', { type: 'string', choices: ['.', ','], describe: 'override the detected decimal mark' })
    .option('prices-date-order', { type: 'string', choices: ['mdy', 'dmy'], describe: 'the same for price lists' })
    .option('prices-decimal-mark', { type: 'string', choices: ['.', ','], describe: 'the same for price lists' })
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
    .option('quiet', { type: 'boolean', describe: 'no summary and no progress; the exit code tells' });
}

/** yargs gives every flag twice, as typed and in camel case, beside its own `_` and `$0`: the options speak camel case. */
function auditSettings(flags: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(flags).filter(([name]) => /^[a-zA-Z]+$/.test(name)));
}
