import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { ModelError } from '../../../src/errors';
import { HubHost } from '../../../src/model/hub/host';
import { RangeReader } from '../../../src/model/remote/rangeReader';
import type { RemoteFile } from '../../../src/model/remote/remoteCalls';
import { FakeHub } from '../support/fakeHub';

const path = 'model.safetensors';
const bytes = randomBytes(300_000);
const ranges = [
  { start: 0, end: 1000 },
  { start: 150_000, end: 250_000 },
  { start: 299_999, end: 300_000 },
];

describe('ranges of a file on the Hub', () => {
  let hub: FakeHub;
  beforeEach(async () => {
    hub = await FakeHub.start(new Map([[path, bytes]]));
  });
  afterEach(() => hub.close());

  const file = (more: Partial<RemoteFile> = {}): RemoteFile => {
    return { id: hub.id, revision: 'main', commit: hub.commit, path, bytes: bytes.length, ...more };
  };
  const reader = (more: Partial<RemoteFile> = {}, environment: Record<string, string> = {}): RangeReader =>
    new RangeReader({
      host: new HubHost(hub.endpoint, environment),
      file: file(more),
      stallMilliseconds: 300,
    });
  const read = async (by = reader()): Promise<void> => {
    const found = await by.read(ranges);
    assert.deepEqual(
      found.map((each) => Buffer.from(each)),
      ranges.map(({ start, end }) => bytes.subarray(start, end)),
    );
  };
  const refuses = (work: Promise<unknown>, pattern: RegExp): Promise<void> =>
    assert.rejects(work, (error) => {
      assert.ok(error instanceof ModelError, String(error));
      assert.match(error.message, pattern);
      assert.match(error.message, /^[^\n]*\.$/u);
      return true;
    });

  it('come from the storage host, whose address is found once', async () => {
    await read();
    assert.deepEqual(
      hub.requests.map(({ isStorage, range }) => [isStorage, range]),
      [
        [false, 'bytes=0-999'],
        [true, 'bytes=0-999'],
        [true, 'bytes=150000-249999'],
        [true, 'bytes=299999-299999'],
      ],
    );
    assert.equal(hub.sent.get(path), 1000 + 100_000 + 1);
  });

  it('are requested with the token from the Hub only', async () => {
    hub.addressLasts = 2;
    await read(reader({}, { HF_ENDPOINT: hub.endpoint, HF_TOKEN: 'hf_secret' }));
    const sent = hub.requests.filter(({ authorization }) => authorization !== null);
    assert.ok(sent.length >= 1);
    assert.ok(
      sent.every(({ isStorage, authorization }) => !isStorage && authorization === 'Bearer hf_secret'),
    );
  });

  it('never carry the token to a Hub that the environment does not name', async () => {
    await read(reader({}, { HF_TOKEN: 'hf_secret' }));
    assert.ok(hub.requests.every(({ authorization }) => authorization === null));
  });

  it('survive an address that expires', async () => {
    hub.addressLasts = 2;
    await read();
    assert.equal(hub.requests.filter(({ isStorage }) => !isStorage).length, 2);
  });

  it('continue where a connection was cut', async () => {
    hub.troubles.set(path, { kind: 'break', after: 40_000 });
    await read();
    const starts = hub.requests.map(({ range }) => range).filter((range) => range?.endsWith('-249999'));
    assert.deepEqual(starts, ['bytes=150000-249999', 'bytes=190000-249999', 'bytes=230000-249999']);
  });

  it('wait when the Hub asks for it', async () => {
    hub.throttled = 1;
    await read();
  });

  it('are given up if the Hub keeps asking', async () => {
    hub.throttled = Infinity;
    const waiting = reader();
    hub.retryAfter = 3600;
    await refuses(
      waiting.read(ranges),
      /^The Hub limits how often .* try again in 3600 s, or set .*HF_TOKEN/u,
    );
  });

  it('are given up after a silent or dead connection', async () => {
    hub.troubles.set(path, { kind: 'break', after: 0 });
    await refuses(reader().read(ranges), /^Reading model\.safetensors of .* was interrupted \(/u);
    hub.troubles.set(path, { kind: 'stall', after: 0 });
    await refuses(reader().read(ranges), /was interrupted \(no data for 0 s\)/u);
    const { endpoint } = hub;
    await hub.close();
    const host = new HubHost(endpoint, {});
    const offline = new RangeReader({ host, file: file(), stallMilliseconds: 300 });
    await refuses(offline.read(ranges), /cannot be reached \(ECONNREFUSED\)/u);
    hub = await FakeHub.start(new Map());
  });

  it('are refused if the server sends something else', async () => {
    const lies = [
      ['no ranges', /sends model\.safetensors of .* only as a whole/u],
      ['other etag', /sends another file than before/u],
      ['other range', /sends another range/u],
      ['too many', /sends more than the 1000 bytes asked for/u],
    ] as const;
    for (const [kind, sentence] of lies) {
      hub.troubles.set(path, { kind, after: 0 });
      await refuses(reader().read(ranges), sentence);
    }
  });

  it('are refused if the file has another size than listed', async () => {
    await refuses(reader({ bytes: 299_000 }).read(ranges), /a file of 300000 bytes instead of 299000/u);
    await refuses(
      reader({ bytes: 400_000 }).read([{ start: 350_000, end: 360_000 }]),
      /does not have the bytes 350000 to 360000/u,
    );
  });

  it('are refused in one sentence if the model is gated or gone', async () => {
    for (const gate of [401, 403] as const) {
      hub.gate = gate;
      await refuses(reader().read(ranges), /is gated, private or does not exist/u);
    }
    hub.gate = null;
    await refuses(reader({ path: 'gone.safetensors' }).read(ranges), /has no file gone\.safetensors/u);
  });
});
