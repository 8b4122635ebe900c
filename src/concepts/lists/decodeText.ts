import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
/** Available in Node and browsers; declared because this module uses the types of neither. */
declare const TextDecoder: new (
  label: string,
  options: { readonly fatal: boolean },
) => { decode(bytes: Uint8Array): string };

/** Byte order marks. */
const marks = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8', name: 'UTF-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le', name: 'UTF-16' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be', name: 'UTF-16' },
] as const;

/**
 * The text of a file without its byte order mark: UTF-16 if there is such a mark, otherwise UTF-8.
 *
 * @throws UserError with one sentence if it is neither
 */
export function decodeText(bytes: Uint8Array, path: string): string {
  const mark = marks.find(({ bytes: start }) => start.every((byte, i) => bytes[i] === byte));
  try {
    const text = new TextDecoder(mark?.encoding ?? 'utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    const name = mark?.name ?? 'UTF-8';
    throw new UserError(
      t`${path} is not valid ${name}; save it as UTF-8 (in Excel: “CSV UTF-8”) and try again.`,
    );
  }
  throw new UserError(
    t`${path} is binary, or UTF-16 without a byte order mark; save it as UTF-8 text and try again.`,
  );
}
