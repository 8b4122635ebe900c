import { join } from 'node:path';
import { EngineClient } from '../../engine/engineClient';
import { UsageError } from '../../errors';
import { isHubModelId, type DownloadCalls, type HubPrecision } from '../../protocol/downloadMessages';
import { defineCommand } from '../command';
import { otherFilesText } from '../noteOtherFiles';
import { progressOf, type Output } from '../output';

export const command = defineCommand({
  name: 'download',
  summary: 'Download a model of the Hub into the Hugging Face cache, and print its folder',
  details: ['An interrupted download is resumed when the command runs again.'],
  kept: 'The part downloaded so far stays in the cache; run the command again to resume the download.',
  inputs: { usage: '<organization/name>', needs: 'a model of the Hub, in the form organization/name' },
  options: {
    file: {
      type: 'string',
      placeholder: 'FILE',
      help: 'File of weights, such as onnx/model_q4.onnx or model.safetensors (default: the first)',
    },
    revision: {
      type: 'string',
      placeholder: 'REV',
      default: 'main',
      help: 'Branch, tag or commit',
    },
  },
  async run({ values: { file: wanted, revision }, inputs: [id = '', ...others] }, { output }) {
    if (!isHubModelId(id) || others.length > 0)
      throw new UsageError('download is followed by one model, in the form organization/name.');
    const client = new EngineClient<DownloadCalls>(join(__dirname, 'download.js'), output.note, 'download');
    // The address of a Hub other than huggingface.co is in HF_ENDPOINT.
    const source = { endpoint: null, id, revision };
    try {
      const file = wanted ?? firstOf(await client.call('precisions', source), id, output);
      const job = { ...source, file, models: null };
      const onProgress = progressOf(output);
      const { folder, note } = await client.call('download', job, { onProgress });
      output.progress(null);
      if (note !== null) output.note(note);
      output.print(`${join(folder, file)}\n`);
    } finally {
      client.dispose();
    }
  },
});

/** There is at least one. */
function firstOf(files: readonly HubPrecision[], id: string, output: Output): string {
  const [first, ...others] = files.map(({ file }) => file);
  if (others.length > 0) output.note(otherFilesText(id, first!, others));
  return first!;
}
