import { KnownError } from '../../domain/known-error.ts';
import { MAX_RECORD_BYTES } from '../csv/csv-errors.ts';

export function jsonMalformed(file: string, line: number, found: string): KnownError {
  return new KnownError({
    code: 'json-malformed',
    place: { file },
    found: `Line ${line}: ${found}`,
    expected: 'A response body of the API with its list of items, or one JSON object a line.',
    remedy: 'Save the response again as the API gives it; what was copied out of a page or put together by hand often lacks a bracket.',
  });
}

export function jsonCutOff(file: string): KnownError {
  return new KnownError({
    code: 'json-cut-off',
    place: { file },
    found: 'The JSON ends before its last bracket is closed.',
    expected: 'A file that is whole.',
    remedy: 'Download the export again.',
  });
}

export function jsonRecordTooLong(file: string, line: number): KnownError {
  return new KnownError({
    code: 'json-record-too-long',
    place: { file },
    found: `The record that begins in line ${line} is longer than ${MAX_RECORD_BYTES.toLocaleString('en-US')} bytes.`,
    expected: 'Line items of a few kilobytes, in a list named items or value.',
    remedy: 'Check that this is an export of line items; a text that is never closed looks like this as well.',
  });
}
