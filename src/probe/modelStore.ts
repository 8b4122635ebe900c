import { t } from '@vscode/l10n';
import { ModelError } from '../errors';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nameInReference } from '../format/modelSource';
import { Model } from '../model/model';
import { thisMachine } from '../model/places/machine';
import { resolveModel } from '../model/places/resolveModel';
import { tokenizerFiles } from '../model/tokenizer/findTokenizer';
import { outputOf, pathOf, type ModelChoice } from '../protocol/modelChoice';

interface OpenModel {
  readonly key: string;
  readonly model: Model;
  readonly stamp: string;
}

interface Place {
  readonly path: string;
  /** Its name, if that of its folder does not show it. */
  readonly name?: string;
}

/** Two, so that a comparison does not reopen both models at every edit. */
const mostOpen = 2;

/**
 * Keeps the last models open, so that changing a pair does not read the tokenizer again. A model is reopened if its files
 * change.
 */
export class ModelStore {
  /** Most recently used first. */
  #open: readonly OpenModel[] = [];

  /**
   * @param builtInModels the folder whose only subfolder is the built-in model
   * @param opening called with a model's name before it is opened
   */
  constructor(
    private readonly builtInModels: string,
    private readonly opening: (model: string) => void = () => undefined,
  ) {}

  /** @throws ModelError if the model cannot be read */
  get(choice: ModelChoice): Model {
    const model = this.#opened(choice);
    allowWhatIsAsked(model, choice);
    return model;
  }

  /**
   * Opens a model for `work` alone and closes it afterwards. Models that were kept open are closed before, so that this one is
   * the only one.
   *
   * @throws ModelError if the model cannot be read
   */
  async alone<T>(choice: ModelChoice, work: (model: Model) => Promise<T>): Promise<T> {
    for (const { model } of this.#open) model.close();
    this.#open = [];
    const place = this.#placeOf(choice);
    const model = this.#newModel(choice, place);
    try {
      allowWhatIsAsked(model, choice);
      return await work(model);
    } finally {
      model.close();
    }
  }

  #newModel(choice: ModelChoice, { path, name }: Place): Model {
    this.opening(nameInReference(pathOf(choice) ?? '') ?? name ?? basename(path));
    return new Model(path, outputOf(choice), name);
  }

  #placeOf(choice: ModelChoice): Place {
    const text = pathOf(choice);
    // A reference may lead elsewhere than before, after a tool has updated its model.
    return text === null ? { path: this.#builtInModel() } : resolveModel(text, thisMachine());
  }

  #opened(choice: ModelChoice): Model {
    const place = this.#placeOf(choice);
    const key = JSON.stringify([place, outputOf(choice)]);
    const known = this.#open.find((open) => open.key === key);
    const isFresh = known?.stamp === (known && stampOf(known.model));
    if (known && isFresh) {
      this.#open = [known, ...this.#open.filter((open) => open !== known)];
      return known.model;
    }
    known?.model.close();
    this.#open = this.#open.filter((open) => open !== known);
    const model = this.#newModel(choice, place);
    this.#open = [{ key, model, stamp: stampOf(model) }, ...this.#open];
    for (const last of this.#open.slice(mostOpen)) last.model.close();
    this.#open = this.#open.slice(0, mostOpen);
    return model;
  }

  #builtInModel(): string {
    const names = existsSync(this.builtInModels) ? readdirSync(this.builtInModels) : [];
    const name = names.find((candidate) => !candidate.startsWith('.'));
    if (name === undefined) {
      throw new ModelError(
        t('The built-in model is missing; run “npm run build:model”, or choose a model folder.'),
      );
    }
    return join(this.builtInModels, name);
  }
}

/** A model on the Hub is read as a whole only if the choice says so. */
function allowWhatIsAsked(model: Model, choice: ModelChoice): void {
  if (typeof choice === 'object' && choice?.wholeHead) model.folder.remote?.allowAll();
}

/** Changes whenever a relevant file of the folder does. */
function stampOf(model: Model): string {
  // Weights may be in any of its files, and missing files may appear later.
  const { files, path, places } = model.folder;
  const names = [...tokenizerFiles, 'config.json', 'genai_config.json'];
  const paths = new Set([
    ...files.map((file) => join(path, file.path)),
    ...places.flatMap((place) => names.map((name) => join(place, name))),
  ]);
  return [...paths]
    .map((file) => statSync(file, { throwIfNoEntry: false }))
    .map((stats) => (stats ? `${stats.size}@${stats.mtimeMs}` : '-'))
    .join();
}
