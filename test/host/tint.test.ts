import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workbench } from '../../scripts/workbench/workbench';
import type { Concept } from '../../src/concepts/concept';
import { defaultTokenRule } from '../../src/concepts/tokenRule';
import { tintColor } from '../../src/editor/views/tintColors';
import { createEngineMethods } from '../../src/engine/engineMethods';
import { formatDecimal } from '../../src/format/numbers';
import { defaultProbeSettings } from '../../src/protocol/probeResult';
import { chunksOf } from '../../src/reading/chunks';
import { tintPeaks } from '../../src/reading/tintPeaks';
import { referenceOf, standardized } from '../../src/reading/standardize';
import { TextTint, tokenAt } from '../../src/reading/textTint';
import { stepOf, stepsOf } from '../../src/reading/tintScale';
import { root } from '../support/places';
import { concepts as conceptFile, exampleInVsCode } from './support/exampleInVsCode';

const text = 'the-two-thrones.md';

/** What a reader does with the tint of a text. */
describe('the tint of a text in VS Code', function () {
  let workbench: Workbench;
  const example = exampleInVsCode((started) => {
    workbench = started;
  });
  const { readFileNow, statusBecomes, notified, conceptLabels } = example;
  const engine = createEngineMethods(join(root, 'dist', 'models'));

  afterEach(async () => {
    await workbench.press('Escape');
    if ((await tintStatus()) === undefined) return;
    await workbench.runCommand('Concept Probe: Clear Tint');
    await workbench.waitFor('the tint to go', async () => (await tintStatus()) === undefined);
  });

  const tintStatus = async (): Promise<string | undefined> =>
    (await workbench.statusBarItems()).find(({ id }) => id.endsWith('conceptProbe.tint'))?.text;

  const tintBy = async (first: string, second = 'None'): Promise<void> => {
    await workbench.runAndPick('Concept Probe: Tint Document by Concept…', first);
    await workbench.pickQuickItem(second);
  };

  const isDone = (label: string): Promise<true> =>
    workbench.waitFor(`a whole tint by ${label}`, async () => (await tintStatus()) === label);

  /** The tokens of a text, as the engine measures them when the extension has no part in it. */
  const measured = async (of: string, names: readonly string[], given?: readonly Concept[]) => {
    const tint = new TextTint(names.length);
    tint.read(of);
    const { concepts } = given ? { concepts: given } : await readFileNow();
    const request = {
      ...{ model: null, seed: 0, settings: defaultProbeSettings, tokens: defaultTokenRule },
      ...{ product: 'causal' as const, concepts, tinted: names },
    };
    const missing = tint.missing([], chunksOf(of).length);
    const parts = missing.map(({ context, text: own }) => ({ context, text: own }));
    tint.take(missing, (await engine.tint({ ...request, parts }, () => undefined)).parts);
    const { tokens } = tint;
    return { text: of, tokens, references: tokens.values.map(referenceOf) };
  };
  type Measured = Awaited<ReturnType<typeof measured>>;

  /** The z values of a word's token, which must be the whole word. */
  const zOf = ({ text: of, tokens, references }: Measured, word: string, against = references): number[] => {
    const place = of.search(new RegExp(`\\b${word}\\b`, 'u'));
    const index = tokenAt(tokens, place)!;
    assert.equal(of.slice(tokens.starts[index], tokens.ends[index]).trim(), word);
    return against.map((reference, i) => standardized(tokens.values[i]![index]!, reference));
  };

  const colorOf = (z: readonly number[]): string => {
    const most = stepsOf(z.length);
    const [x, y] = z.map((one) => stepOf(one, most));
    const color = tintColor('dark', y === undefined ? [x!] : [x!, y], most);
    const [red, green, blue, alpha] = [1, 3, 5, 7].map((at) => parseInt(color.slice(at, at + 2), 16));
    return `rgba(${red!}, ${green!}, ${blue!}, ${(alpha! / 255).toFixed(2)})`;
  };

  /** The backgrounds behind a word. */
  const backgrounds = async (word: string, occurrence = 0): Promise<string[]> =>
    (await workbench.decorationsOf(word, { occurrence }))
      .filter(({ backgroundColor }) => backgroundColor !== 'rgba(0, 0, 0, 0)')
      .map(({ backgroundColor }) =>
        backgroundColor.replace(/[\d.]+(?=\)$)/u, (alpha) => Number(alpha).toFixed(2)),
      );

  const isColored = (word: string, color: string): Promise<true> =>
    workbench.waitFor(`${word} in ${color}`, async () => (await backgrounds(word)).includes(color));

  it('gives every token the color of the engine’s z, and tells of it on hover beside the pair', async () => {
    // Words are looked up by their first place in sight.
    await workbench.openFile(text);
    await workbench.placeCaret(1, 1);
    // After the menu of an editor, VS Code shows no hover until the text is clicked.
    await workbench.selectWord('Once');
    await tintBy('male → female');
    await isDone('male → female');
    const all = await measured(await readFile(join(workbench.workspace, text), 'utf8'), ['male → female']);
    const words = ['king', 'queen', 'woman', 'girl', 'boy', 'asked'];
    for (const word of words) await isColored(word, colorOf(zOf(all, word)));
    assert.ok(new Set(words.map((word) => colorOf(zOf(all, word)))).size > 2);
    // A slow hover is shown first without its part about the tint.
    const hover = await workbench.waitFor('a hover with the tint', async () => {
      const text = await workbench.hoverWord('queen');
      return text.includes('After “queen”') && text;
    });
    assert.match(hover, /king → queen · male → female/u);
    assert.ok(hover.includes(`z ${formatDecimal(zOf(all, 'queen')[0]!, 2)}`), hover);
    assert.match(hover, /Likeliest pair next: (?!missing)\S+ [\d.e-]+\s%, \S+ [\d.e-]+\s%/u);
  });

  it('previews the strongest places, jumps to them, and comes back on Escape', async () => {
    await workbench.placeCaret(3, 1);
    await tintBy('male → female');
    await isDone('male → female');
    const all = await measured(await readFile(join(workbench.workspace, text), 'utf8'), ['male → female']);
    const peaks = tintPeaks(all.tokens, all.references, 50).map(({ index, z }) => {
      const place = all.tokens.starts[index]!;
      const before = all.text.slice(0, all.tokens.ends[index]).split('\n');
      const line = all.text.slice(0, place).split('\n').length;
      return {
        description: `line ${line} · z ${formatDecimal(z, 2)}`,
        caret: `Ln ${before.length}, Col ${before.at(-1)!.length + 1}`,
      };
    });
    const open = async (): Promise<void> => {
      await workbench.runCommand('Concept Probe: Show Tint Peaks…');
      const items = await workbench.waitFor('the peaks', async () => {
        const found = await workbench.quickItems();
        return found.length > 5 && found;
      });
      items.forEach(({ description }, i) => {
        assert.equal(description, peaks[i]!.description);
      });
    };
    await open();
    await workbench.press('ArrowDown');
    await statusBecomes(peaks[1]!.caret);
    await workbench.press('Escape');
    await statusBecomes('Ln 3, Col 1');
    await open();
    await workbench.press('ArrowDown');
    await workbench.press('ArrowDown');
    await statusBecomes(peaks[2]!.caret);
    await workbench.press('Enter');
    await statusBecomes(peaks[2]!.caret);
  });

  it('follows an edit', async () => {
    await tintBy('male → female');
    await isDone('male → female');
    const before = await readFile(join(workbench.workspace, text), 'utf8');
    await workbench.placeCaret(2, 1);
    try {
      await workbench.page.keyboard.type('The lady saw the dog.');
      const all = await measured(before.replace('\n', '\nThe lady saw the dog.'), ['male → female']);
      for (const word of ['lady', 'saw', 'king', 'strong']) await isColored(word, colorOf(zOf(all, word)));
      await isDone('male → female');
    } finally {
      await workbench.runCommand('File: Revert File');
    }
  });

  it('tints by two concepts at once', async () => {
    await tintBy('male → female', 'singular → plural');
    await isDone('male → female × singular → plural');
    const names = ['male → female', 'singular → plural'];
    const all = await measured(await readFile(join(workbench.workspace, text), 'utf8'), names);
    const words = ['king', 'queen', 'houses', 'girls', 'trees', 'woman'];
    for (const word of words) await isColored(word, colorOf(zOf(all, word)));
    assert.ok(new Set(words.map((word) => colorOf(zOf(all, word)))).size > 2);
  });

  it('standardizes against another text', async () => {
    await workbench.openFile(text);
    await workbench.placeCaret(1, 1);
    await writeFile(
      join(workbench.workspace, 'reference.txt'),
      'She had a daughter. Her mother was a lady.\n'.repeat(20),
    );
    await tintBy('male → female');
    await isDone('male → female');
    await workbench.runAndPick('Concept Probe: Show Tint Options…', 'Standardize Against…');
    await workbench.pickQuickItem('Text File…');
    await workbench.typePath(join(workbench.workspace, 'reference.txt'));
    const [all, other] = [
      await measured(await readFile(join(workbench.workspace, text), 'utf8'), ['male → female']),
      await measured(await readFile(join(workbench.workspace, 'reference.txt'), 'utf8'), ['male → female']),
    ];
    const z = zOf(all, 'king', other.references);
    assert.notEqual(formatDecimal(z[0]!, 2), formatDecimal(zOf(all, 'king')[0]!, 2));
    await isColored('king', colorOf(z));
    // Before it is standardized anew, the color can be the same.
    await workbench.waitFor('the z against the other text', async () =>
      (await workbench.hoverWord('king')).includes(`z ${formatDecimal(z[0]!, 2)}`),
    );
  });

  it('measures again when the concept’s pairs change, keeps a renamed concept, and is cleared without it', async () => {
    await workbench.treeAction('Concepts', 'male → female', 'Tint Document by Concept…');
    await workbench.pickQuickItem('None');
    await isDone('male → female');
    const path = join(workbench.workspace, conceptFile);
    const { concepts, ...rest } = JSON.parse(await readFile(path, 'utf8')) as {
      concepts: { name: string; pairs: [string, string][] }[];
    };
    const write = (changed: typeof concepts): Promise<void> =>
      writeFile(path, JSON.stringify({ ...rest, concepts: changed }));
    const [own, ...others] = concepts;
    assert.equal(own!.name, 'male → female');
    const swapped = own!.pairs.map(([base, target]): [string, string] => [target, base]);
    await write([{ ...own!, pairs: swapped }, ...others]);
    const given = [{ name: 'male → female', pairs: swapped.map(([base, target]) => ({ base, target })) }];
    const all = await measured(
      await readFile(join(workbench.workspace, text), 'utf8'),
      ['male → female'],
      given,
    );
    for (const word of ['king', 'queen', 'woman']) await isColored(word, colorOf(zOf(all, word)));
    await write([{ name: 'female → male', pairs: swapped }, ...others]);
    await isDone('female → male');
    await write(others);
    await notified('The concept “female → male” is no longer in the concept file');
    await workbench.waitFor('the tint to go', async () => (await tintStatus()) === undefined);
    await workbench.waitFor('the colors to go', async () => (await backgrounds('king')).length === 0);
  });

  it('says what it cannot tint', async () => {
    await writeFile(join(workbench.workspace, 'empty.txt'), '\n');
    await writeFile(join(workbench.workspace, 'picture.txt'), '\uFFFDPNG\uFFFD\uFFFD\n');
    await workbench.openFile('empty.txt');
    await workbench.runCommand('Concept Probe: Tint Document by Concept…');
    await notified('empty.txt is empty; write or open a text to tint.');
    await workbench.openFile('picture.txt');
    await workbench.runCommand('Concept Probe: Tint Document by Concept…');
    await notified('picture.txt is a binary file; open a text to tint.');
    const path = join(workbench.workspace, conceptFile);
    const { concepts, ...rest } = JSON.parse(await readFile(path, 'utf8')) as { concepts: object[] };
    const same = { name: 'same → same', pairs: [['king', 'king']] };
    await writeFile(path, JSON.stringify({ ...rest, concepts: [...concepts, same] }));
    await conceptLabels((labels) => labels.includes('same → same'));
    await workbench.openFile(text);
    await tintBy('same → same');
    await notified('“same → same” has no direction');
    await workbench.waitFor('the tint to go', async () => (await tintStatus()) === undefined);
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('tints what is visible of a novel first, and what comes into sight', async () => {
    const path = join(workbench.workspace, 'novel.md');
    const page = (await readFile(join(workbench.workspace, text), 'utf8')).replaceAll('|', '');
    const pages = Array.from({ length: 300 }, (_, i) => page.replaceAll('king', `king of land ${i}`));
    const novel = `${pages.join('\n')}\nThe nurse ended it.\n`;
    assert.ok(novel.split(/\s+/u).length > 100_000);
    await writeFile(path, novel);
    await workbench.openFile('novel.md');
    await tintBy('male → female');
    await workbench.waitFor('the visible part', async () => (await backgrounds('queen')).length > 0);
    assert.match((await tintStatus())!, /^male → female \d{1,2}\s%$/u);
    await workbench.press('ControlOrMeta+End');
    await workbench.waitFor('the last line', async () => (await backgrounds('nurse')).length > 0);
    assert.match((await tintStatus())!, /^male → female \d{1,2}\s%$/u);
    await workbench.page.keyboard.type('Here the brother wrote.');
    await workbench.waitFor('what was written', async () => (await backgrounds('brother', 1)).length > 0);
    await workbench.runCommand('File: Revert File');
    await workbench.runCommand('Concept Probe: Clear Tint');
    await workbench.waitFor('the colors to go', async () => (await backgrounds('queen')).length === 0);
    await rm(path);
  });
});
