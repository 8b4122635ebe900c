import type { EngineClient } from '../../engine/engineClient';
import type { ContextRequest, ContrastPair } from '../../protocol/contextResult';
import { likeliestPair, type LikelyPair } from '../../reading/likeliestPair';

/** Of each concept the pair that is likeliest to come next; `undefined` where none is of single tokens. */
export type Continuation = readonly (LikelyPair<ContrastPair> | undefined)[];

/** Texts that are remembered. */
const most = 256;

/** What the model expects after a text, asked once for each text. */
export class Continuations {
  readonly #known = new Map<string, Promise<Continuation>>();

  constructor(private readonly engine: EngineClient) {}

  /** For the concepts of the request. @throws EngineError */
  after(text: string, request: ContextRequest): Promise<Continuation> {
    const known = this.#known.get(text);
    if (known) return known;
    const names = request.concepts.map(({ name }) => name);
    const found = this.engine
      .call('steer', { ...request, concept: names[0]!, text })
      .then((result) => names.map((name) => likeliestPair(result, result.pairs, name)));
    this.#known.set(text, found);
    found.catch(() => this.#known.delete(text));
    const [oldest] = this.#known.keys();
    if (this.#known.size > most) this.#known.delete(oldest!);
    return found;
  }

  forget(): void {
    this.#known.clear();
  }
}
