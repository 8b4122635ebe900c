import { t } from '@vscode/l10n';
import type { CounterfactualPair } from '../../concepts/concept';
import { addPairs } from '../../concepts/editConcepts';
import type { FileSection } from '../../concepts/fileSections';
import { UserError } from '../../errors';
import { contextLabel } from '../../format/contextText';
import { plural } from '../../format/plural';
import { showStatus } from '../notify';
import { plainText } from '../plainText';
import type { ConceptStore } from '../stores/conceptStore';
import { askForListName } from './askForListName';
import { selectedContexts } from './selectedContexts';

/** *Add Context Pair from Selection*: two selected texts are a pair, an even number of them are several. */
export async function addContextPair(store: ConceptStore): Promise<void> {
  store.assertEditable();
  const texts = await selectedContexts(t('two texts that differ in one concept'));
  if (texts.length % 2 === 1)
    throw new UserError(
      texts.length === 1
        ? t('1 text is selected; select two for a pair of contexts, or an even number for several.')
        : t`${plural(texts.length, 'text')} are selected; select two for a pair of contexts, or an even number for several.`,
    );
  const pairs = texts.flatMap((base, i) => (i % 2 === 0 ? [{ base, target: texts[i + 1]! }] : []));
  const sets = store.section('contextPairs');
  const known = [
    ...sets.map(({ name, pairs: own }) => ({ name, description: plural(own.length, 'pair') })),
    ...store.concepts
      .filter(({ name }) => !sets.some((set) => set.name === name))
      .map(({ name }) => ({ name, description: t('concept') })),
  ];
  const what = pairs.length === 1 ? contextLabel(pairs[0]!) : t`${plural(pairs.length, 'pair')} of contexts`;
  const name = await askForListName({
    title: plainText(t`Add ${what} to a Set`),
    placeholder: t('Select what the contexts differ in, or type the name of a new set'),
    known: known.map((item) => ({ ...item, label: plainText(item.name) })),
    another: { label: t('New Set…'), placeholder: t('Type what the contexts differ in') },
    created: (typed) => t`New set “${typed}”`,
  });
  if (name !== undefined) await add(store, 'contextPairs', name, pairs);
}

/** *Add Context to Set…*: every selected text becomes a context with the same label. */
export async function addContexts(store: ConceptStore): Promise<void> {
  store.assertEditable();
  const texts = await selectedContexts(t('one or several texts'));
  const known = store.section('contextSets').map(({ name, pairs }) => ({
    name,
    label: plainText(name),
    description: plural(pairs.length, 'text'),
  }));
  const label = await askForListName({
    title:
      texts.length === 1
        ? t('Add the Selected Context to a Set')
        : t`Add ${plural(texts.length, 'Context')} to a Set`,
    placeholder:
      known.length > 0
        ? t('Select a label, or type a new one')
        : t('Type a label, such as English or French'),
    known,
    another: { label: t('New Label…'), placeholder: t('Type a label, such as English or French') },
    created: (typed) => t`New label “${typed}”`,
  });
  if (label === undefined) return;
  const entries = texts.map((text) => ({ base: text, target: '' }));
  await add(store, 'contextSets', label, entries);
}

async function add(
  store: ConceptStore,
  section: FileSection,
  name: string,
  entries: readonly CounterfactualPair[],
): Promise<void> {
  let added = 0;
  await store.edit((lists) => {
    const result = addPairs(lists, name, entries);
    added = result.added;
    return result.concepts;
  }, section);
  const isPair = section === 'contextPairs';
  const noun = isPair ? 'context pair' : 'context';
  const known = entries.length - added;
  const one = isPair ? t`${name} already has this context pair` : t`${name} already has this context`;
  const several = t`${name} already has these ${plural(known, noun)}`;
  const message = added > 0 ? t`Added ${plural(added, noun)} to ${name}` : known === 1 ? one : several;
  showStatus(known > 0 && added > 0 ? t`${message} (${known} already there)` : message, 5000);
}
