import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Workbench } from '../../scripts/workbench/workbench';
import type { FakeHub } from '../model/support/fakeHub';
import { hubWindow, notified as notifiedIn, pressInNotification } from './support/hubWindow';

const onnx = 'onnx/model.onnx';
const command = 'Concept Probe: Download Model from the Hub…';

/** Downloads a model from a Hub (here on 127.0.0.1) in a real VS Code. */
describe('downloading a model in VS Code', function () {
  let hub: FakeHub;
  let workbench: Workbench;
  hubWindow(
    (model) => {
      const paths = ['config.json', 'tokenizer.json', 'tokenizer_config.json', onnx];
      return new Map(paths.map((path) => [path, readFileSync(join(model, path))]));
    },
    (opened) => {
      ({ hub, workbench } = opened);
    },
  );

  const folder = () =>
    join(
      ...[dirname(workbench.workspace), '.user', 'User', 'globalStorage', 'concept-probe.concept-probe'],
      ...['models', 'tiny-org--tiny-model'],
    );
  const snapshot = () =>
    join(process.env['HF_HUB_CACHE']!, 'models--tiny-org--tiny-model', 'snapshots', hub.commit);
  const notified = (part: string) => notifiedIn(workbench, part);
  const press = (button: string) => pressInNotification(workbench, button);

  const begin = async (): Promise<void> => {
    await workbench.runCommand(command);
    await workbench.typeQuickInput('tiny-org/tiny-model');
    await workbench.typeQuickInput('main');
  };

  const precisions = () =>
    workbench.waitFor('the precisions', async () => {
      const found = await workbench.quickItems();
      return found.length > 0 && found;
    });

  it('says in one sentence what the Hub does not have', async () => {
    await workbench.runCommand(command);
    await workbench.typeQuickInput('tiny-org/other');
    await workbench.typeQuickInput('main');
    await notified('There is no model tiny-org/other with the revision “main” on the Hub');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('offers to clean up when the Hub denies access, and then leaves nothing', async () => {
    await begin();
    await precisions();
    hub.gate = 403;
    await workbench.pickQuickItem('fp32');
    await notified('access');
    assert.ok(existsSync(folder()));
    await press('Clean Up');
    await workbench.waitFor('the folder to go', () => !existsSync(folder()));
    hub.gate = null;
  });

  it('cleans up what an earlier download left, from the list', async () => {
    hub.troubles.set(onnx, { kind: 'stall', after: 1_000_000 });
    await begin();
    await workbench.pickQuickItem('fp32');
    await workbench.waitFor('the first megabyte', () => hub.stalled === 1);
    await press('Cancel');
    await workbench.waitFor('the download process to end', () => hub.stalled === 0);
    await workbench.waitFor(
      'the notification to go',
      async () => (await workbench.notifications()).length === 0,
    );
    assert.ok(existsSync(folder()));
    await workbench.runCommand(command);
    await workbench.pickQuickItem('Clean up tiny-org/tiny-model');
    await workbench.waitFor('the folder to go', () => !existsSync(folder()));
  });

  it('downloads with progress in bytes, and Cancel keeps the received part', async () => {
    hub.troubles.set(onnx, { kind: 'stall', after: 40_000_000 });
    await begin();
    const items = await precisions();
    assert.deepEqual(
      items.map(({ label, description }) => `${label}: ${description}`),
      ['fp32: onnx/model.onnx · 60.8 MB'],
    );
    await workbench.pickQuickItem('fp32');
    await notified('of 62 MB (model.onnx)');
    await workbench.waitFor('the first 40 MB', async () => {
      const [part] = (await readdir(join(folder(), 'onnx'))).filter((name) => name.endsWith('.part'));
      return part !== undefined && statSync(join(folder(), 'onnx', part)).size === 40_000_000;
    });
    await press('Cancel');
    await workbench.waitFor('the download process to end', () => hub.stalled === 0);
    await workbench.waitFor('the notification to go', async () => {
      const shown = await workbench.notifications();
      return !shown.some((message) => message.includes('(model.onnx)'));
    });
    assert.deepEqual(await readdir(join(folder(), 'onnx')), ['model.onnx.part']);
  });

  it('resumes the next time, and uses the model when asked to', async () => {
    hub.goOn();
    hub.forget();
    await workbench.runCommand(command);
    await workbench.pickQuickItem('Resume tiny-org/tiny-model');
    await notified('Downloaded tiny-org/tiny-model (onnx/model.onnx).');
    assert.equal(hub.sent.get(onnx), hub.files.get(onnx)!.length - 40_000_000);
    assert.ok(readFileSync(join(snapshot(), onnx)).equals(hub.files.get(onnx)!));
    await press('Use It Now');
    await workbench.waitFor('the model in the status bar', async () => {
      const items = await workbench.statusBarItems();
      return items.some(({ text }) => text.includes('tiny-model · '));
    });
  });
});
