import { t } from '@vscode/l10n';
import * as v from 'valibot';
import { longestContext, type Contexts } from './contexts';
import { describeObjectIssue, listBody, namedLines } from './fileParts';

/* The contexts in a concept file: how they are checked and written. */

/** Spaces at the ends of a context are kept: they change its tokens. */
const context = v.pipe(
  v.string(t('a context must be a string')),
  v.check((text) => text.trim() !== '', t('a context must not be empty')),
  v.maxLength(longestContext, t`a context must not be longer than ${longestContext} characters`),
);

const contextPair = v.pipe(
  v.array(context, t('a pair of contexts must be ["base", "target"]')),
  v.length(2, t('a pair of contexts must be exactly two texts, ["base", "target"]')),
  v.transform(([base, target]) => ({ base: base!, target: target! })),
);

const contextPairs = v.strictObject(
  {
    name: v.pipe(
      v.string(t('"name" must be a string')),
      v.trim(),
      v.nonEmpty(t('a set of context pairs needs a name')),
    ),
    pairs: v.array(contextPair, t('"pairs" must be a list of ["base", "target"]')),
  },
  describeObjectIssue(t('a set of context pairs'), t('"name" and "pairs"')),
);

const contextSet = v.strictObject(
  {
    label: v.pipe(
      v.string(t('"label" must be a string')),
      v.trim(),
      v.nonEmpty(t('a set of contexts needs a label')),
    ),
    texts: v.array(context, t('"texts" must be a list of texts')),
  },
  describeObjectIssue(t('a set of contexts'), t('"label" and "texts"')),
);

/** The keys of a concept file that hold contexts. */
export const contextKeys = {
  contextPairs: v.exactOptional(
    v.array(contextPairs, t('"contextPairs" must be a list of sets of context pairs')),
  ),
  contextSets: v.exactOptional(
    v.array(contextSet, t('"contextSets" must be a list of labelled sets of contexts')),
  ),
};

/** Their lines in the file, without commas after the last line of each. */
export function contextLines({ contextPairs: pairs, contextSets: sets }: Contexts): string[] {
  return [
    ...(pairs
      ? [
          `  "contextPairs": [${listBody(
            pairs.map((one) =>
              namedLines(
                'name',
                one.name,
                'pairs',
                one.pairs.map(({ base, target }) => [base, target]),
              ),
            ),
            2,
          )}]`,
        ]
      : []),
    ...(sets
      ? [
          `  "contextSets": [${listBody(
            sets.map(({ label, texts }) => namedLines('label', label, 'texts', texts)),
            2,
          )}]`,
        ]
      : []),
  ];
}
