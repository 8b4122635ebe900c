import { t } from '@vscode/l10n';
import { createScanner, printParseErrorCode, type ParseError } from 'jsonc-parser';

/** Describes why a text is not JSON. `offset` in UTF-16 units. */
export interface JsonProblem {
  readonly message: string;
  readonly offset: number;
}

interface Token {
  readonly text: string;
  readonly offset: number;
  readonly end: number;
}

const longestQuote = 30;
/** More is never shown, and would take long to search. */
const longestSymbol = 10 * longestQuote;

/** The parser's first error as a sentence without its full stop: what is missing, and after what. */
export function jsonProblem(text: string, { error, offset, length }: ParseError): JsonProblem {
  const code = printParseErrorCode(error);
  const { before, last, open, next } = tokensBefore(text, offset);
  const here = (message: string): JsonProblem => ({ message, offset });
  const missing = (what: string): JsonProblem =>
    last
      ? { message: t`${what} is missing after ${named(last)}`, offset: last.end }
      : here(t`${what} is missing`);
  switch (code) {
    case 'InvalidSymbol':
      return here(symbolProblem(text.slice(offset, offset + Math.min(length, longestSymbol))));
    case 'InvalidNumberFormat':
    case 'UnexpectedEndOfNumber':
      return here(t`the number ${quoted(text.slice(offset, offset + length))} is incomplete`);
    case 'PropertyNameExpected':
      if (last?.text === ',' && next.text === '}')
        return { message: t('nothing follows the comma; remove it'), offset: last.offset };
      return missing(t('a key in double quotes'));
    case 'ValueExpected':
      if (open && isOtherClose(open, next)) return here(notClosed(text, open, next));
      if (last?.text === ',' && next.text === ']')
        return { message: t('nothing follows the comma; add a value or remove it'), offset: last.offset };
      return missing(t('a value'));
    case 'ColonExpected':
      return missing(t('a colon'));
    case 'CommaExpected':
      if (open && isOtherClose(open, next)) return here(notClosed(text, open, next));
      // The key of the next line was parsed as the value.
      if (next.text === ':' && before?.text === ':')
        return { message: t('a value is missing after the colon'), offset: before.end };
      return missing(open?.text === '[' ? t('a comma or “]”') : t('a comma or “}”'));
    case 'CloseBraceExpected':
    case 'CloseBracketExpected': {
      const close = quoted(code === 'CloseBraceExpected' ? '}' : ']');
      const message = open
        ? t`the closing ${close} for the ${named(open)} of line ${lineAt(text, open.offset)} is missing`
        : t`the closing ${close} is missing`;
      return { message, offset: last?.end ?? offset };
    }
    case 'EndOfFileExpected':
      return here(t`nothing may follow the end of the concepts, but here is ${named(next)}`);
    case 'InvalidCommentToken':
    case 'UnexpectedEndOfComment':
      return here(t('comments are not allowed; keep remarks in a concept’s "note"'));
    case 'UnexpectedEndOfString':
      return here(t`the closing quote of ${shortened(text.slice(offset, offset + length))} is missing`);
    case 'InvalidUnicode':
      return here(t('\\u must be followed by four hexadecimal digits'));
    case 'InvalidEscapeCharacter':
      return here(t('a backslash in a word must be written twice, \\\\'));
    case 'InvalidCharacter':
      return here(t('a word contains a tab or another control character; remove it'));
    case '<unknown ParseErrorCode>':
      return here(t('it is not valid JSON here'));
  }
}

function notClosed(text: string, open: Token, next: Token): string {
  return t`the ${named(open)} of line ${lineAt(text, open.offset)} is not closed before ${named(next)}`;
}

function symbolProblem(symbol: string): string {
  if (/^(?:<{7}|={7}|>{7})/u.test(symbol)) return t('a merge conflict is not resolved here');
  const word = symbol.replace(/^['‘’“”`]+|['‘’“”`]+$/gu, '');
  return /[\p{L}\p{N}]/u.test(word)
    ? t`${quoted(word)} must be in double quotes, "…"`
    : t`${quoted(symbol)} does not belong here`;
}

/** The two tokens before a position, the innermost open bracket, and the token at the position; empty at the end. */
function tokensBefore(text: string, offset: number) {
  const scanner = createScanner(text, true);
  const opened: Token[] = [];
  let [before, last]: (Token | undefined)[] = [];
  for (;;) {
    scanner.scan();
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    const token: Token = { text: text.slice(start, end), offset: start, end };
    if (start === end || start >= offset) return { before, last, open: opened.at(-1), next: token };
    if (token.text === '{' || token.text === '[') opened.push(token);
    if (token.text === '}' || token.text === ']') opened.pop();
    [before, last] = [last, token];
  }
}

function isOtherClose(open: Token, next: Token): boolean {
  return open.text === '[' ? next.text === '}' : next.text === ']';
}

function named({ text }: Token): string {
  if (text === ':') return t('the colon');
  if (text === ',') return t('the comma');
  return text.startsWith('"') ? shortened(text) : quoted(text);
}

function quoted(text: string): string {
  return t`“${shortened(text.trim())}”`;
}

function shortened(text: string): string {
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
