import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

describe('float16', () => {
  it('reaches ONNX Runtime by its bits where Node has a Float16Array', () => {
    const script = join(__dirname, 'support', 'float16Child.ts');
    const printed = execFileSync(process.execPath, ['--require', 'tsx/cjs', script], { encoding: 'utf8' });
    assert.equal(printed.trim(), '1 -2 0.333251953125');
  });
});
