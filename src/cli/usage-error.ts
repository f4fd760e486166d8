import { KnownError } from '../domain/known-error.ts';
import { COMMANDS } from './commands.ts';

/** A mistake on the command line, from what yargs says of it in English. */
export function usageError(message: string, argv: readonly string[]): KnownError {
  const [word = ''] = argv;
  const command = COMMANDS.find((one) => nameOf(one) === word);
  if (command === undefined) return noCommand(word, /^Did you mean (.*)\?$/.exec(message)?.[1] ?? null);
  const found = (text: string, expected = `The command csp-recon ${command} with its options.`): KnownError =>
    new KnownError({ code: 'usage', found: text, expected, remedy: `Run csp-recon ${word} --help for all options.` });
  const choice = /Argument: (.*), Given: (.*), Choices: (.*)$/m.exec(message);
  if (choice !== null) return found(`--${choice[1] ?? ''} is ${choice[2] ?? ''}.`, `One of ${(choice[3] ?? '').replaceAll('"', '')}.`);
  if (message.startsWith('Not enough non-option')) return found(`The command ${word} is not told what it is to work on.`);
  const [, kind, names = ''] = /^(Unknown|Missing required) arguments?: (.*)$/.exec(message) ?? [];
  if (kind === 'Unknown') return found(`The command ${word} does not know ${unknownOf(names.split(', '), argv)}.`);
  if (kind !== undefined) return found(`The command ${word} lacks --${names.split(', ').join(' and --')}.`);
  return found(message.endsWith('.') ? message : `${message}.`);
}

function nameOf(command: string): string {
  return command.split(' ')[0] ?? '';
}

function noCommand(word: string, like: string | null): KnownError {
  return new KnownError({
    code: 'usage',
    found: word === '' || word.startsWith('-') ? 'No command is named.' : `There is no command "${word}".`,
    expected: `One of ${COMMANDS.map(nameOf).join(', ')}.`,
    remedy: like === null ? 'Run csp-recon --help for the commands.' : `Did you mean csp-recon ${like}?`,
  });
}

/** yargs names an option as it was typed and once more in camel case, and words without their place. */
function unknownOf(names: readonly string[], argv: readonly string[]): string {
  const typed = argv.filter((word) => word.startsWith('-')).map((word) => word.replace(/^--?(no-)?/, '').split('=')[0] ?? '');
  const options = names.filter((name) => typed.includes(name)).map((name) => `the option --${name}`);
  const words = names.filter((name) => argv.includes(name)).map((name) => `the word "${name}"`);
  return [...options, ...words].join(', ') || names.join(', ');
}
