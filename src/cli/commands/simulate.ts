import { defineCommand } from '../command';
import { runTask } from '../runTask';
import { simulateHelp } from '../simulateHelp';
import { simulateOptions, simulateValues } from '../simulateOptions';

type Parsed = typeof simulateOptions;

const options = Object.fromEntries(
  Object.entries(simulateHelp).map(([name, words]) => [
    name,
    { ...simulateOptions[name as keyof Parsed], ...words },
  ]),
) as { readonly [K in keyof Parsed]: Parsed[K] & (typeof simulateHelp)[K] };

export const command = defineCommand({
  name: 'simulate',
  summary: 'Train a latent-variable model on random concepts, without any language model',
  inputs: null,
  options,
  run({ values }, { output }) {
    const { task, ...choice } = simulateValues(values);
    return runTask(task, choice, output);
  },
});
