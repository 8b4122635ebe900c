import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { visit } from 'jsonc-parser';
import { contextKeys } from '../../../src/editor/contextKeys';
import { commandArguments } from '../../../src/editor/commands/commandArguments';
import { allSettings } from '../../../scripts/docs/settingsTable';
import { englishManifest as manifest } from '../../../scripts/translations/manifestText';
import { directionChoices } from '../../../src/geometry/conceptDirection';
import { defaultProbeSettings } from '../../../src/protocol/probeResult';
import { root } from '../../support/places';

describe('the manifest', () => {
  const contributed = manifest.contributes.commands.map(({ command }) => command);

  it('contributes exactly the commands of the table', () => {
    assert.deepEqual([...contributed].sort(), Object.keys(commandArguments).sort());
  });

  it('uses only known commands in menus, keybindings and welcome views', () => {
    const { menus, keybindings, viewsWelcome, walkthroughs } = manifest.contributes;
    const steps = walkthroughs.flatMap(({ steps: all }) => all.map(({ description }) => description));
    const used = [
      ...Object.values(menus)
        .flat()
        .map(({ command }) => command),
      ...keybindings.map(({ command }) => command),
      ...[...viewsWelcome.map(({ contents }) => contents), ...steps].flatMap((text) =>
        [...text.matchAll(/command:([\w.]+)/gu)].map((match) => match[1]!),
      ),
    ];
    assert.deepEqual(
      used.filter((command) => !contributed.includes(command)),
      [],
    );
  });

  it('hides every command that could only say that it cannot work now', () => {
    // Commands that work in any state: they ask for what they need, show something, or create it.
    const always = [
      ...[
        'getStarted',
        'openExample',
        'newText',
        'newConcept',
        'typePairs',
        'howToRead',
        'showGeometry',
        'showLog',
        'showSimulator',
      ],
      ...['reproducePaper', 'checkTheorems', 'importPairs', 'importContexts', 'selectModel'],
      ...['showModelDetails', 'unloadModel', 'clearCovarianceCache'],
    ].map((name) => `conceptProbe.${name}`);
    // Undo and redo have no enablement: VS Code would drop a key that is pressed before the context key follows an edit.
    const hidden = manifest.contributes.menus.commandPalette.map(({ command }) => command);
    const unconditional = manifest.contributes.commands
      .filter((command) => !('enablement' in command) && !hidden.includes(command.command))
      .map(({ command }) => command);
    assert.deepEqual(unconditional.sort(), always.sort());
  });

  it('repeats no key, of which the last would silently win', () => {
    const repeated: string[] = [];
    const open: Set<string>[] = [];
    visit(readFileSync(join(root, 'package.json'), 'utf8'), {
      onObjectBegin: () => void open.push(new Set()),
      onObjectEnd: () => void open.pop(),
      onObjectProperty: (key) => {
        if (open.at(-1)!.has(key)) repeated.push(key);
        open.at(-1)!.add(key);
      },
    });
    assert.deepEqual(repeated, []);
  });

  it('uses only context keys that exist, and every one of them', () => {
    const used = [...JSON.stringify(manifest).matchAll(/conceptProbe\.((?:has|is|can|reads)[A-Z]\w*)/gu)];
    assert.deepEqual([...new Set(used.map((match) => match[1]!))].sort(), [...contextKeys].sort());
  });

  it('titles every command as the palette does: in one category, with capitals, without a stop', () => {
    for (const { command, category, title } of manifest.contributes.commands) {
      assert.equal(category, 'Concept Probe', command);
      assert.match(title, /^[A-Z][^.]*[^. ]$/u);
      for (const word of title.replace('…', '').split(' '))
        assert.match(word, /^(?:[A-Z]|a|an|and|by|for|from|in|of|or|the|to|with|without)/u, title);
    }
  });

  it('has menu items only for the view that they act on, or for texts', () => {
    const { menus } = manifest.contributes;
    for (const item of [...menus['view/title'], ...menus['view/item/context']])
      assert.match(item.when, /^view == conceptProbe\.(?:concepts|panel)\b/u);
    for (const item of menus['editor/context']) assert.match(item.when, /editorTextFocus.*resourceScheme/u);
  });

  it('names only existing files', () => {
    const { contributes, icon } = manifest;
    const icons = contributes.commands.flatMap(({ icon }) =>
      typeof icon === 'object' ? Object.values(icon) : [],
    );
    const containers = Object.values(contributes.viewsContainers)
      .flat()
      .map(({ icon }) => icon);
    const schemas = contributes.jsonValidation.map(({ url }) => url);
    const pictures = contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg));
    const missing = [icon, ...icons, ...containers, ...schemas, ...pictures].filter(
      (path) => !existsSync(join(root, path)),
    );
    assert.deepEqual(missing, []);
  });

  it('does not let untrusted workspaces set the model folder', () => {
    assert.ok(
      manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes('conceptProbe.modelFolder'),
    );
  });

  it('has the same default probe settings as everything else', () => {
    const settings = allSettings(manifest.contributes.configuration);
    const property = (name: string) => settings[`conceptProbe.${name}`]!;
    const { direction, randomPairs, permutations, bootstrap, products } = defaultProbeSettings;
    assert.equal(property('direction').default, direction);
    assert.deepEqual(property('direction').enum, directionChoices);
    assert.equal(property('randomPairs').default, randomPairs);
    assert.equal(property('permutations').default, permutations);
    assert.equal(property('bootstrap').default, bootstrap);
    assert.equal(property('causalProduct').default, products.includes('causal'));
  });

  it('contributes the eight colours of concepts', () => {
    const ids = manifest.contributes.colors.map(({ id }) => id);
    assert.deepEqual(
      ids,
      Array.from({ length: 8 }, (_, i) => `conceptProbe.concept${i + 1}`),
    );
  });

  it('gives reports the same colours', () => {
    const style = readFileSync(join(root, 'webview', 'reportTheme.css'), 'utf8');
    const found = [...style.matchAll(/conceptProbe-concept\d: (#\w+);/gu)].map((match) => match[1]!);
    const { colors } = manifest.contributes;
    const expected = [
      ...colors.map(({ defaults }) => defaults.light),
      ...colors.map(({ defaults }) => defaults.dark),
    ];
    assert.deepEqual(
      found,
      expected.map((color) => color.toLowerCase()),
    );
  });

  it('keeps extension.ts to composition', () => {
    const lines = readFileSync(join(root, 'src', 'extension.ts'), 'utf8').split('\n').length;
    assert.ok(lines < 100, `src/extension.ts has ${lines} lines`);
  });
});
