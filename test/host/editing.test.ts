import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workbench } from '../../scripts/workbench/workbench';
import { parseConceptFile } from '../../src/concepts/conceptFile';
import { concepts, exampleInVsCode } from './support/exampleInVsCode';
import { inRoot } from '../support/places';

/**
 * Editing concepts with the keys of the tree, and what happens to pairs if a file is malformed, cannot be saved or was
 * deleted.
 */
describe('editing concepts in VS Code', function () {
  let workbench: Workbench;
  const example = exampleInVsCode((started) => {
    workbench = started;
  });
  const { readFileNow, pairsOf, pairsBecome, conceptLabels, described, notified } = example;

  const text = 'the-two-thrones.md';
  const file = (): string => join(workbench.workspace, concepts);
  const tree = () => workbench.page.locator('[role=tree][aria-label="Concepts"]').first();
  const labels = async (): Promise<string[]> =>
    (await workbench.treeItems('Concepts')).map(({ label }) => label);
  const addPair = async (base: string, target: string, concept: string): Promise<void> => {
    await workbench.openFile(text);
    await workbench.selectWord(base);
    await workbench.selectWord(target, { add: true });
    await workbench.runAndPick('Concept Probe: Add Pair from Selection', concept);
  };
  const clearNotifications = (): Promise<void> =>
    workbench.runCommand('Notifications: Clear All Notifications');
  /** Clicks a button of the notification with this text. */
  const choose = async (part: string, button: string): Promise<void> => {
    await notified(part);
    // VS Code delays messages that follow one another within less than a second.
    await workbench.page.waitForTimeout(1000);
    const notification = workbench.page.locator('.notification-list-item', { hasText: part }).first();
    await notification.getByRole('button', { name: button, exact: true }).click();
  };
  /** The text stays unchanged, whatever keys are pressed in the tree. */
  const textStays = async (): Promise<void> => {
    const shipped = await readFile(inRoot('examples', text), 'utf8');
    assert.equal(await readFile(join(workbench.workspace, text), 'utf8'), shipped);
    await workbench.waitFor(
      'no unsaved text',
      async () => (await workbench.page.locator('.tabs-container .tab.dirty').count()) === 0,
    );
  };

  describe('with the keys of the tree', () => {
    beforeEach(async () => {
      await clearNotifications();
      await workbench.expandTree('Concepts', 'male → female');
    });

    it('keeps the focus when a pair is clicked: Delete deletes the pair, and its words stay in the text', async () => {
      await workbench.clickTreeItem('Concepts', 'brother → sister');
      await workbench.waitFor('the words in the text', async () =>
        (await workbench.statusBarItems()).some((item) => item.text.startsWith('2 selections')),
      );
      await workbench.press('Delete');
      await pairsBecome('male → female', (pairs) => !pairs.includes('brother/sister'));
      await textStays();
      await notified('Deleted brother → sister.');
      // The change can be undone and redone in the view with the focus.
      await workbench.press('ControlOrMeta+Z');
      await pairsBecome('male → female', (pairs) => pairs.includes('brother/sister'));
      await workbench.press('ControlOrMeta+Shift+Z');
      await pairsBecome('male → female', (pairs) => !pairs.includes('brother/sister'));
      await workbench.press('ControlOrMeta+Z');
      await pairsBecome('male → female', (pairs) => pairs.includes('brother/sister'));
      await textStays();
    });

    it('acts on the row selected with arrow keys, and keeps the position', async () => {
      const pairs = await pairsOf('male → female');
      await workbench.clickTreeItem('Concepts', 'king → queen');
      await workbench.press('ArrowDown');
      await workbench.press('ArrowDown');
      await workbench.press('Delete');
      const [first, second, third, fourth] = pairs;
      await pairsBecome('male → female', (now) => !now.includes(third!));
      assert.deepEqual((await pairsOf('male → female')).slice(0, 3), [first, second, fourth]);
      // The tree still shows the deleted row.
      await workbench.press('Delete');
      await pairsBecome('male → female', (now) => !now.includes(fourth!));
      assert.deepEqual((await pairsOf('male → female')).slice(0, 2), [first, second]);
      await textStays();
    });

    it('deletes all selected rows at once, and restores them from the notification, keeping later changes', async () => {
      const before = await pairsOf('male → female');
      await workbench.clickTreeItem('Concepts', 'king → queen');
      await workbench.press('Shift+ArrowDown');
      await workbench.press('Shift+ArrowDown');
      await workbench.press('Delete');
      await pairsBecome('male → female', (pairs) => pairs.join() === before.slice(3).join());
      await described('male → female', /\/11/u);
      await workbench.treeAction('Concepts', 'brother → sister', 'Swap Base and Target');
      await pairsBecome('male → female', (pairs) => pairs.includes('sister/brother'));
      await choose('Deleted 3 rows.', 'Undo');
      await pairsBecome(
        'male → female',
        (pairs) => pairs.join() === before.join().replace('brother/sister', 'sister/brother'),
      );
    });

    it('deletes a concept with the Delete key, and undoes that', async () => {
      await workbench.clickTreeItem('Concepts', 'French → German');
      await workbench.press('Delete');
      await conceptLabels((found) => !found.includes('French → German'));
      await notified('Deleted French → German.');
      await workbench.press('ControlOrMeta+Z');
      await conceptLabels((found) => found.at(-1) === 'French → German');
    });

    it('leaves a pair out and includes it again, in its place, with the numbers that follow', async () => {
      const before = await pairsOf('male → female');
      const written = await readFile(join(workbench.workspace, concepts), 'utf8');
      await described('king → queen', /^0\.56$/u);
      await workbench.treeAction('Concepts', 'king → queen', 'Leave Out Pair');
      await described('king → queen', /^left out$/u);
      await described('male → female', /^11\/13 · /u);
      assert.match(await workbench.hoverWord('queen'), /Not counted: left out in the concept file\./u);
      await workbench.press('Escape');
      assert.deepEqual(await pairsOf('male → female'), before);
      await workbench.clickTreeItem('Concepts', 'king → queen');
      await workbench.press('ControlOrMeta+Z');
      await described('king → queen', /^0\.56$/u);
      await workbench.press('ControlOrMeta+Shift+Z');
      await described('king → queen', /^left out$/u);
      await workbench.treeAction('Concepts', 'king → queen', 'Include Pair Again');
      await described('king → queen', /^0\.56$/u);
      assert.equal(await readFile(join(workbench.workspace, concepts), 'utf8'), written);
    });

    it('creates a concept with a note, and moves rows with keys and with the mouse', async () => {
      const pairs = await pairsOf('male → female');
      await workbench.runCommand('Concept Probe: New Concept…');
      await workbench.typeQuickInput('royalty');
      await conceptLabels((found) => found.at(-1) === 'royalty');
      // The first pair is asked for right away.
      await workbench.typeQuickInput('boy -> girl');
      await pairsBecome('royalty', (own) => own.join() === 'boy/girl');
      // Until the new numbers are there, VS Code may rebuild the tree and close a menu.
      await described('royalty', /^1\/1$/u);
      await workbench.treeAction('Concepts', 'royalty', 'Edit Note…');
      await workbench.typeQuickInput('for the test ↵ of notes');
      const royalty = async () => (await readFileNow()).concepts.find(({ name }) => name === 'royalty');
      await workbench.waitFor('the note', async () => (await royalty())?.note === 'for the test\nof notes');
      await workbench.clickTreeItem('Concepts', 'royalty');
      await workbench.press('Alt+ArrowUp');
      await conceptLabels((found) => found.at(-2) === 'royalty');
      await workbench.dragTreeItem(
        'Concepts',
        'royalty',
        'male → female',
        async () => (await readFileNow()).concepts[0]?.name === 'royalty',
      );
      await conceptLabels((found) => found[0] === 'royalty');
      await workbench.dragTreeItem(
        'Concepts',
        'king → queen',
        'royalty',
        async () => (await pairsOf('royalty')).join() === 'boy/girl,king/queen',
      );
      // Rows may move under the mouse, too.
      await described('royalty', /^2\/2 · /u);
      await workbench.dragTreeItem('Concepts', 'man → woman', 'brother → sister', async () => {
        const own = await pairsOf('male → female');
        return own.indexOf('man/woman') > own.indexOf('brother/sister');
      });
      await workbench.clickTreeItem('Concepts', 'brother → sister');
      await workbench.press('ControlOrMeta+Z');
      await pairsBecome('male → female', (own) => own[0] === 'man/woman');
      await workbench.press('ControlOrMeta+Z');
      await pairsBecome('male → female', (own) => own.join() === pairs.join());
    });

    it('edits the words of a pair with F2, and renames a concept', async () => {
      await workbench.clickTreeItem('Concepts', 'king → queen');
      await workbench.press('F2');
      await assert.rejects(workbench.typeQuickInput('king'), /Write two words, such as king → queen\./u);
      await workbench.typeQuickInput('king → princess');
      await pairsBecome('male → female', (pairs) => pairs[0] === 'king/princess');
      await described('king → princess', /^2 tokens: princess, not used$/u);
      await workbench.treeSelects('Concepts', 'king → princess');
      await workbench.clickTreeItem('Concepts', 'verb → past');
      await workbench.press('F2');
      await workbench.typeQuickInput('then');
      await conceptLabels((found) => found.includes('then') && !found.includes('verb → past'));
    });
  });

  it('shows one of several concept files, with its own numbers and its own undo', async () => {
    const other = join(workbench.workspace, 'other', 'more.concepts.json');
    const isUsed = (label: string, place: string): Promise<true> =>
      described(label, new RegExp(`^in use, ${place}$`, 'u'));
    const before = await pairsOf('male → female');
    await workbench.treeAction('Concepts', 'male → female', 'Edit Note…');
    await workbench.typeQuickInput('edited');
    await workbench.waitFor('the note', async () =>
      (await readFile(file(), 'utf8')).includes('"note": "edited"'),
    );
    await mkdir(join(workbench.workspace, 'other'), { recursive: true });
    const pairs = [
      ['king', 'queen'],
      ['man', 'woman'],
    ];
    await writeFile(other, JSON.stringify({ version: 1, concepts: [{ name: 'male → female', pairs }] }));
    try {
      await isUsed('royalty.concepts.json', '2 of 2');
      await workbench.runAndPick('Concept Probe: Select Concept File…', 'other/more.concepts.json');
      await isUsed('other/more.concepts.json', '1 of 2');
      await conceptLabels((found) => found.slice(1).join() === 'male → female');
      await described('male → female', /^2\/2 · /u);
      assert.ok((await readFile(file(), 'utf8')).includes('"note": "edited"'));
      await workbench.openFile(concepts);
      await workbench.runCommand('Concept Probe: Use This Concept File');
      await isUsed('royalty.concepts.json', '2 of 2');
      await described('male → female', /^12\/14 · 0\.45$/u);
      assert.deepEqual(await pairsOf('male → female'), before);
    } finally {
      await rm(join(workbench.workspace, 'other'), { recursive: true });
      await clearNotifications();
    }
    await conceptLabels((found) => found[0] === 'male → female');
  });

  it('keeps numbers, arrows and names in place next to right-to-left words', async () => {
    const added = {
      name: 'זכר → נקבה',
      pairs: [
        ['מלך', 'מלכה'],
        ['ملك', 'ملكة'],
      ],
    };
    const given = JSON.parse(await readFile(file(), 'utf8')) as { concepts: object[] };
    await writeFile(file(), JSON.stringify({ ...given, concepts: [added, ...given.concepts] }));
    const [concept, pair] = ['\u2068זכר\u2069 → \u2068נקבה\u2069', '\u2068מלך\u2069 → \u2068מלכה\u2069'];
    await described(concept, /^\d\/2/u);
    await workbench.expandTree('Concepts', concept);
    const places = await workbench.waitFor('the pair', async () => {
      const row = tree().locator('.monaco-list-row', { hasText: 'מלך' }).first();
      return (await row.count()) > 0 && row.locator('.label-name').first().evaluate(lefts);
    });
    assert.ok(places.base < places.arrow && places.arrow < places.target, JSON.stringify(places));
    const item = (await workbench.treeItems('Concepts')).find(({ label }) => label === pair);
    assert.ok(item, 'the pair, isolated');
  });

  describe('while the file is malformed', () => {
    /** The text while a user is typing a pair. */
    const halfTyped = (shipped: string): string => shipped.replace('["king", "queen"]', '["king", ]');

    it('keeps the last concepts, dimmed, and describes the invalid line with a link to it', async () => {
      const shipped = await readFile(file(), 'utf8');
      const before = await workbench.treeItems('Concepts');
      const line = shipped.split('\n').findIndex((one) => one.includes('["king", "queen"]')) + 1;
      const sentence = 'nothing follows the comma; add a value or remove it';
      await workbench.runCommand('Concept Probe: Show Geometry');
      const panel = await workbench.webview('overview');
      await writeFile(file(), halfTyped(shipped));
      await described(`Open Line ${line}`, new RegExp(`^${sentence}$`, 'u'));
      await workbench.page
        .locator('.pane-body .message', { hasText: `${concepts}, line ${line}: ${sentence}.` })
        .waitFor();
      const listed = (rows: typeof before): string =>
        JSON.stringify(rows.map(({ label, description }) => [label, description]));
      await workbench.waitFor(
        'the rows as they were',
        async () => listed((await workbench.treeItems('Concepts')).slice(1)) === listed(before),
      );
      const colour = (label: string): Promise<string> =>
        tree()
          .locator('.monaco-list-row', { hasText: label })
          .first()
          .locator('.label-name')
          .first()
          .evaluate((name) => getComputedStyle(name.closest('.monaco-icon-label-container') ?? name).color);
      const dim = await colour('male → female');
      await panel.locator('.results.old').waitFor();
      await workbench.openFile(text);
      await workbench.waitFor(
        'the words to stay underlined',
        async () => (await workbench.decorationsOf('queen')).length > 0,
      );

      await panel.getByTestId('open-problem').click();
      // The file opens next to the panel, not over it.
      await panel.getByTestId('overview').waitFor();
      await workbench.waitFor('the line of the error', async () =>
        (await workbench.statusBarItems()).some((item) => item.text.startsWith(`Ln ${line},`)),
      );
      await workbench.openFile(text);
      await workbench.clickTreeItem('Concepts', `Open Line ${line}`);
      await workbench.waitFor('the line of the error', async () =>
        (await workbench.statusBarItems()).some((item) => item.text.startsWith(`Ln ${line},`)),
      );
      await writeFile(file(), shipped);
      await workbench.waitFor('the error to go', async () => !(await labels()).includes(`Open Line ${line}`));
      await panel.locator('.results:not(.old)').waitFor();
      await workbench.waitFor('the colour', async () => (await colour('male → female')) !== dim);
    });

    it('rejects every edit, names the line, and loses nothing', async () => {
      const shipped = await readFile(file(), 'utf8');
      const broken = halfTyped(shipped);
      await clearNotifications();
      await writeFile(file(), broken);
      await workbench.waitFor('the error', async () =>
        (await labels()).some((label) => label.startsWith('Open Line')),
      );
      await workbench.expandTree('Concepts', 'male → female');
      await workbench.clickTreeItem('Concepts', 'brother → sister');
      for (const keys of ['Delete', 'F2']) {
        await workbench.press(keys);
        await notified(`Fix ${concepts} first. Line`);
        await clearNotifications();
        await workbench.clickTreeItem('Concepts', 'brother → sister');
      }
      await workbench.openFile(text);
      await workbench.selectWord('king');
      await workbench.selectWord('man', { add: true });
      await workbench.runCommand('Concept Probe: Add Pair from Selection');
      await notified(`Fix ${concepts} first. Line`);
      const line = broken.split('\n').findIndex((one) => one.includes('["king", ]')) + 1;
      await choose(`Fix ${concepts} first`, `Open Line ${line}`);
      await workbench.waitFor('the line of the error', async () =>
        (await workbench.statusBarItems()).some((item) => item.text.startsWith(`Ln ${line},`)),
      );
      assert.equal(await readFile(file(), 'utf8'), broken);
      await clearNotifications();
    });
  });

  describe('when pairs might be lost', () => {
    beforeEach(clearNotifications);

    const onDisk = async (path: string): Promise<string[]> => {
      const parsed = parseConceptFile(await readFile(path, 'utf8'));
      return parsed.ok
        ? parsed.file.concepts.flatMap(({ pairs }) => pairs.map(({ base, target }) => `${base}/${target}`))
        : [];
    };

    it('reports every failed save with the reason, and saves the rest as soon as possible', async () => {
      await workbench.openFile(concepts);
      await rm(file());
      await mkdir(file());
      const why = 'could not be saved: there is a folder with that name.';
      await addPair('king', 'man', 'male → female');
      await notified(why);
      await clearNotifications();
      await addPair('king', 'woman', 'male → female');
      await notified(why);
      await choose(why, 'Retry');
      await notified(why);
      await rm(file(), { recursive: true });
      await choose(why, 'Retry');
      await workbench.waitFor('the pairs on disk', async () => {
        const pairs = existsSync(file()) ? await onDisk(file()) : [];
        return pairs.includes('king/man') && pairs.includes('king/woman') && pairs.includes('king/queen');
      });
      await clearNotifications();
      await addPair('queen', 'man', 'male → female');
      await workbench.waitFor('the next pair on disk', async () =>
        (await onDisk(file())).includes('queen/man'),
      );
      assert.deepEqual(await workbench.notifications(), []);
    });

    it('saves the open text when its file was deleted, with all its pairs', async () => {
      const before = await onDisk(file());
      await workbench.openFile(concepts);
      await rm(file());
      await workbench.page.waitForTimeout(1500);
      await conceptLabels((found) => found.length === 8);
      await addPair('king', 'throne', 'male → female');
      await workbench.waitFor('the file with all pairs', async () => {
        const pairs = existsSync(file()) ? await onDisk(file()) : [];
        return pairs.length === before.length + 1 && pairs.includes('king/throne');
      });
      assert.ok(!existsSync(join(workbench.workspace, 'pairs.concepts.json')));
      await textStays();
    });

    it('keeps both versions if the file changed on disk while there were unsaved edits, and says so', async () => {
      const shipped = await readFile(file(), 'utf8');
      await workbench.openFile(concepts);
      await workbench.placeCaret(2, 1);
      await workbench.page.keyboard.type(' ');
      const theirs = shipped.replace('"king", "queen"', '"baron", "baroness"');
      await writeFile(file(), theirs);
      await workbench.page.waitForTimeout(1500);
      await addPair('king', 'man', 'male → female');
      await notified('could not be saved: the file on disk was changed by another program.');
      assert.equal(await readFile(file(), 'utf8'), theirs);
      await choose('could not be saved', 'Compare');
      await workbench.page.locator('.monaco-diff-editor').first().waitFor();
      await workbench.press('ControlOrMeta+W');
      await workbench.openFile(concepts);
      await workbench.runCommand('File: Revert File');
      await workbench.press('ControlOrMeta+W');
    });

    it('saves the user’s unsaved edits together with the pair', async () => {
      await workbench.openFile(concepts);
      await workbench.placeCaret(2, 1);
      await workbench.page.keyboard.type(' ');
      await addPair('king', 'man', 'male → female');
      await workbench.waitFor('the pair on disk', async () => (await onDisk(file())).includes('king/man'));
      await textStays();
    });

    it('starts an empty file if the file was deleted and is not open', async () => {
      await workbench.openFile(concepts);
      await workbench.press('ControlOrMeta+W');
      await rm(file());
      await workbench.page.locator('.welcome-view-content', { hasText: 'No word pairs yet.' }).waitFor();
      await workbench.selectWord('king');
      await workbench.selectWord('throne', { add: true });
      await workbench.runCommand('Concept Probe: Add Pair from Selection');
      await workbench.typeQuickInput('ruler → seat');
      const made = join(workbench.workspace, 'pairs.concepts.json');
      await workbench.waitFor('the new file', async () =>
        existsSync(made) ? (await onDisk(made)).join() === 'king/throne' : false,
      );
      await rm(made);
    });
  });
});

/** Positions of the parts of “base → target”. Runs in the page. */
function lefts(name: Element): { base: number; arrow: number; target: number } {
  const node = document.createTreeWalker(name, NodeFilter.SHOW_TEXT).nextNode()!;
  const text = node.textContent ?? '';
  const left = (at: number): number => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect().left;
  };
  const arrow = text.indexOf('→');
  return {
    base: left(text.search(/\p{L}/u)),
    arrow: left(arrow),
    target: left(arrow + text.slice(arrow).search(/\p{L}/u)),
  };
}
