import yargs, { type Argv } from 'yargs';
import { KnownError } from '../domain/known-error.ts';
import { discardSpools } from '../ingest/spool.ts';
import { endQuietlyWithReader } from './closed-pipe.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { addCommands } from './commands.ts';
import { errorText } from './error-text.ts';
import { clearProgress } from './progress.ts';
import { discardUnfinished } from './staging.ts';
import { usageError, UsageMistake } from './usage-error.ts';
import { packageVersion } from './version.ts';

/** The command line: the only error boundary. Known errors give one message and exit code 2; a bug crashes with its stack. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  endQuietlyWithReader();
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  let exitCode: ExitCode = EXIT.clean;
  try {
    await commands(argv, (code) => {
      exitCode = code;
    }).parseAsync();
  } catch (thrown) {
    const error = thrown instanceof UsageMistake ? await usageError(thrown.message, argv, optionsOf) : thrown;
    if (!(error instanceof KnownError)) throw error;
    process.stderr.write(`${errorText(error)}\n`);
    return EXIT.incomplete;
  } finally {
    discardSpools();
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
  }
  return exitCode;
}

function interrupted(): never {
  clearProgress();
  discardUnfinished();
  discardSpools();
  process.stderr.write(
    'error  interrupted – The run was stopped – expected: a run to its end – Run it again: nothing half-written is left.\n',
  );
  process.exit(EXIT.interrupted);
}

/** A dash that stands alone is standard input or output. yargs drops it, so it goes through yargs as a hyphen that looks the same. */
const DASH = '\u2010';

function withoutDash(argv: readonly string[]): string[] {
  return argv.map((word) => (word === '-' ? DASH : word));
}

function withDash(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withDash);
  return value === DASH ? '-' : value;
}

function commands(argv: readonly string[], done: (code: ExitCode) => void): Argv {
  const cli = yargs(withoutDash(argv))
    .locale('en')
    // No option has a short form: -asof is a slip of --as-of, not four options.
    .parserConfiguration({ 'short-option-groups': false })
    .middleware((flags) => {
      for (const [name, value] of Object.entries(flags)) flags[name] = withDash(value);
    })
    .scriptName('csp-recon')
    .usage('$0 <command>\n\nAudits Microsoft Cloud Solution Provider reconciliation files.');
  return addCommands(cli, done)
    .demandCommand(1, 'Name a command.')
    .strict()
    .version(packageVersion())
    .help()
    .fail((message, error) => {
      throw error instanceof Error ? error : new UsageMistake(message.replaceAll(DASH, '-'));
    })
    .exitProcess(false)
    .wrap(Math.min(120, process.stdout.columns || 100));
}

/** The options of a command as they are typed, by its help: what yargs completes is asked of a process of its own. */
async function optionsOf(command: string): Promise<readonly string[]> {
  const help = await addCommands(yargs([command]), () => undefined).getHelp();
  return [...help.matchAll(/^ +(--[a-z-]+)/gm)].flatMap(([, option]) => option ?? []);
}
