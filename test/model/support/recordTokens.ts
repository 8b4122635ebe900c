import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inRoot } from '../../support/places';
import { hardTexts } from './hardTexts';
import { tokenizerCases } from './tokenizerCases';
import { writeGguf } from './writeGguf';

/*
 * Records how llama.cpp itself cuts the hard texts, for test/model/tokenizer/llamaCpp.test.ts. In an empty FOLDER:
 *
 *   npm i node-llama-cpp@3.22 @node-llama-cpp/linux-x64 --omit=optional --ignore-scripts
 *
 * (or the package for the platform at hand), and then here: npx tsx test/model/support/recordTokens.ts FOLDER
 */

interface LlamaCpp {
  readonly getLlama: (options: object) => Promise<{
    readonly loadModel: (options: object) => Promise<{
      readonly tokenize: (text: string, special: boolean) => number[];
      readonly dispose: () => Promise<void>;
    }>;
  }>;
}

async function record(folder: string): Promise<void> {
  const entry = join(folder, 'node_modules', 'node-llama-cpp', 'dist', 'index.js');
  const { getLlama } = (await import(pathToFileURL(entry).href)) as LlamaCpp;
  const llama = await getLlama({ build: 'never', gpu: false, logLevel: 'error' });
  const recorded: Record<string, number[][]> = {};
  for (const { name, metadata } of await tokenizerCases()) {
    const path = join(folder, 'recorded.gguf');
    writeGguf(path, { metadata });
    const model = await llama.loadModel({ modelPath: path, vocabOnly: true });
    recorded[name] = hardTexts.map((text) => Array.from(model.tokenize(text, true)));
    await model.dispose();
  }
  const lines = Object.entries(recorded).map(([name, ids]) => {
    const rows = ids.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
    return `  ${JSON.stringify(name)}: [\n${rows}\n  ]`;
  });
  writeFileSync(inRoot('test', 'model', 'tokenizer', 'llamaCppTokens.json'), `{\n${lines.join(',\n')}\n}\n`);
}

void record(process.argv[2]!);
