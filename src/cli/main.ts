import yargs, { type Argv } from 'yargs';
import { KnownError } from '../domain/known-error.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { addCommands, usageError } from './commands.ts';
import { packageVersion } from './version.ts';
import { removeUnfinished } from './write-report.ts';

/** The command line: the only error boundary. Known errors give one message and exit code 2; a bug crashes with its stack. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const stop = (): void => void interrupted();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  let exitCode: ExitCode = EXIT.clean;
  try {
    await commands(argv, (code) => {
      exitCode = code;
    }).parseAsync();
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    process.stderr.write(`${errorText(error)}\n`);
    return EXIT.incomplete;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
  return exitCode;
}

async function interrupted(): Promise<never> {
  await removeUnfinished();
  process.stderr.write('error  interrupted – the run was stopped – nothing half-written is left behind – run it again\n');
  process.exit(EXIT.interrupted);
}

/** `error  april.csv:1  unknown-layout` – what was found – what was expected – what to do. */
export function errorText(error: KnownError): string {
  const { place } = error;
  const sheet = place?.sheet == null ? '' : `[${place.sheet}]`;
  const where = place === null ? '' : `${place.file}${sheet}${place.row === undefined ? '' : `:${place.row}`}  `;
  return `error  ${where}${error.code} – ${error.found} – expected: ${error.expected} – ${error.remedy}`;
}

function commands(argv: readonly string[], done: (code: ExitCode) => void): Argv {
  const cli = yargs([...argv])
    .scriptName('csp-recon')
    .usage('$0 <command>\n\nAudits Microsoft Cloud Solution Provider reconciliation files.');
  return addCommands(cli, done)
    .demandCommand(1, 'Name a command.')
    .recommendCommands()
    .strict()
    .version(packageVersion())
    .help()
    .fail((message, error) => {
      throw error instanceof Error ? error : usageError(message);
    })
    .exitProcess(false)
    .wrap(Math.min(120, process.stdout.columns || 100));
}
