import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandIds } from '../../../src/editor/commands/commandTable';
import { directionChoices } from '../../../src/geometry/conceptDirection';
import { defaultProbeSettings } from '../../../src/protocol/probeResult';
import manifest from '../../../package.json';
import { root } from '../../support/places';

describe('the manifest', () => {
  const contributed = manifest.contributes.commands.map(({ command }) => command);

  it('contributes exactly the commands of the table', () => {
    assert.deepEqual([...contributed].sort(), Object.keys(commandIds).sort());
  });

  it('uses only known commands in menus, keybindings and welcome views', () => {
    const { menus, keybindings, viewsWelcome } = manifest.contributes;
    const used = [
      ...Object.values(menus)
        .flat()
        .map(({ command }) => command),
      ...keybindings.map(({ command }) => command),
      ...viewsWelcome.flatMap(({ contents }) =>
        [...contents.matchAll(/command:([\w.]+)/gu)].map((match) => match[1]!),
      ),
    ];
    assert.deepEqual(
      used.filter((command) => !contributed.includes(command)),
      [],
    );
  });

  it('names only existing files', () => {
    const { contributes, icon } = manifest;
    const icons = contributes.commands.flatMap(({ icon }) =>
      typeof icon === 'object' ? Object.values(icon) : [],
    );
    const containers = contributes.viewsContainers.activitybar.map(({ icon }) => icon);
    const schemas = contributes.jsonValidation.map(({ url }) => url);
    const missing = [icon, ...icons, ...containers, ...schemas].filter(
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
    const { properties } = manifest.contributes.configuration;
    const { direction, randomPairs, permutations, bootstrap, products } = defaultProbeSettings;
    assert.equal(properties['conceptProbe.direction'].default, direction);
    assert.deepEqual(properties['conceptProbe.direction'].enum, directionChoices);
    assert.equal(properties['conceptProbe.randomPairs'].default, randomPairs);
    assert.equal(properties['conceptProbe.permutations'].default, permutations);
    assert.equal(properties['conceptProbe.bootstrap'].default, bootstrap);
    assert.equal(properties['conceptProbe.causalProduct'].default, products.includes('causal'));
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
    assert.ok(lines < 80, `src/extension.ts has ${lines} lines`);
  });
});
