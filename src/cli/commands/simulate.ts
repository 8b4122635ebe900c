import { defineCommand } from '../command';
import { runTask } from '../runTask';
import { experimentsText } from '../text/experimentText';
import { simulateOptions, simulateValues } from '../simulateOptions';

export const command = defineCommand({
  name: 'simulate',
  summary: 'Train a latent-variable model on random concepts, without any language model',
  inputs: null,
  options: simulateOptions,
  run({ values }, { output }) {
    if (values['experiment'] === 'list') {
      output.print(experimentsText());
      return;
    }
    const { task, ...choice } = simulateValues(values);
    return runTask(task, choice, output);
  },
});
