import { defineCommand } from '../command';
import { jsonOption } from '../options/axisOptions';
import { seedOption } from '../options/geometryOptions';
import { runTask } from '../runTask';

export const command = defineCommand({
  name: 'theorems',
  summary: "Test each of the paper's theorems in simulations: prediction, measurement, verdict",
  inputs: null,
  options: { seed: seedOption, json: jsonOption },
  run({ values: { seed, json = false } }, { output }) {
    const options = { json, threads: 1, save: null, csv: null, npy: null };
    return runTask({ kind: 'theorems', seed }, options, output);
  },
});
