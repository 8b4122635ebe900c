import assert from 'node:assert/strict';
import { EngineClient, EngineError } from '../../../src/engine/engineClient';
import { inRoot } from '../../support/places';

/** Any call of another process, which the types here cannot restrict. */
type AnyCalls = Record<string, { readonly params: unknown; readonly result: unknown }>;

const processes = { engine: 'cache', simulator: 'run', download: 'unfinished' };

for (const [name, known] of Object.entries(processes)) {
  describe(`the ${name} process, called with an unknown method`, () => {
    let client: EngineClient<AnyCalls>;
    before(() => {
      client = new EngineClient<AnyCalls>(inRoot('dist', `${name}.js`), () => undefined);
    });
    after(() => {
      client.dispose();
    });

    for (const method of ['nonsense', '', 'toString', 'constructor', '__proto__', 'hasOwnProperty']) {
      it(`names the method “${method}” and the existing ones`, async () => {
        await assert.rejects(client.call(method, null), (error) => {
          assert.ok(error instanceof EngineError && !error.expected);
          const [first] = error.message.split('\n');
          assert.ok(first!.startsWith(`Error: There is no method “${method}”; there are `), first);
          assert.ok(first!.includes(known), first);
          return true;
        });
      });
    }
  });
}

describe('the simulator process, called with an unknown action', () => {
  it('names the action', async () => {
    const client = new EngineClient<AnyCalls>(inRoot('dist', 'simulator.js'), () => undefined);
    const refusal = /There is no method “toString”; there are pause, resume, stop\./u;
    await assert.rejects(client.call('control', 'toString'), refusal);
    assert.equal(await client.call('control', 'stop'), null);
    client.dispose();
  });
});
