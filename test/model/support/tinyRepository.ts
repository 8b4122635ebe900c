import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtInModel } from './builtInModel';
import { headFixtures } from './fixtures';

/** The files of a tiny model in two precisions, one with external data, as in a Hub repository. */
export async function tinyRepository(): Promise<Map<string, Buffer>> {
  const tokenizer = await builtInModel();
  const from = (folder: string, ...paths: string[]): [string, Buffer][] =>
    paths.map((path) => [path, readFileSync(join(folder, path))]);
  return new Map([
    ['README.md', Buffer.from('# tiny')],
    ['.gitattributes', Buffer.from('*.onnx filter=lfs')],
    ...from(tokenizer, 'tokenizer.json', 'tokenizer_config.json'),
    ...from(join(headFixtures, 'tied-fp16'), 'config.json', 'onnx/model_fp16.onnx'),
    ...from(join(headFixtures, 'untied-fp32-external'), 'onnx/model.onnx', 'onnx/model.onnx.data'),
    ['onnx/decoder_with_another_name.onnx', Buffer.from('x')],
  ]);
}
