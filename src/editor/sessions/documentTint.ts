import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Concept } from '../../concepts/concept';
import { UserError } from '../../errors';
import type { EngineClient } from '../../engine/engineClient';
import type { ContextRequest, TintResult } from '../../protocol/contextResult';
import type { EngineProgress } from '../../protocol/progress';
import { referenceOf, type Reference } from '../../reading/standardize';
import { referenceValues, type TintReference } from '../../reading/tintReference';
import { TextTint, type MeasuredPart, type Span } from '../../reading/textTint';
import { contextRequest } from '../contextRequest';
import { Disposable } from '../disposable';
import type { ConceptStore } from '../stores/conceptStore';
import { visibleSpans } from '../visibleSpans';
import { Continuations, type Continuation } from './continuations';

/** Milliseconds to wait for a pause between edits. */
const pauseMilliseconds = 150;
/** Milliseconds for which the colors of an edited place stay until its new ones are there. */
const holdMilliseconds = 500;
/** Chunks of one call of the engine: others that wait for the engine wait no longer than that. */
const batchSize = 16;

/** One document tinted by one concept or two: measures what is visible first, then the rest, and follows every change. */
export class DocumentTint extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #tint: TextTint;
  #names: readonly string[];
  #request: ContextRequest;
  #reference: TintReference | null = null;
  #referenceParts: MeasuredPart[] = [];
  #known: { readonly from: object; readonly references: readonly Reference[] } | undefined;
  #result: Omit<TintResult, 'parts'> | undefined;
  #progress: string | null = null;
  #isMeasuring = false;
  #isBehind = false;
  #isDisposed = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #continuations: Continuations;

  /** @param names of one concept or two */
  constructor(
    readonly document: vscode.TextDocument,
    names: readonly string[],
    private readonly store: ConceptStore,
    private readonly engine: EngineClient,
  ) {
    super();
    this.#names = names;
    this.#tint = new TextTint(names.length);
    this.#tint.read(document.getText());
    this.#continuations = new Continuations(engine);
    this.#request = this.#currentRequest([]);
    this.register({
      dispose: () => {
        this.#isDisposed = true;
        clearTimeout(this.#timer);
      },
    });
  }

  get names(): readonly string[] {
    return this.#names;
  }

  /** All tokens measured so far. */
  get tokens(): MeasuredPart {
    return this.#tint.tokens;
  }

  get text(): string {
    return this.#tint.text;
  }

  /** Measured share of the text, and what the engine says it is doing. */
  get progress(): { readonly share: number; readonly message: string | null } {
    return { share: this.#tint.share, message: this.#progress };
  }

  /** The window and the inner product, once something is measured. */
  get result(): Omit<TintResult, 'parts'> | undefined {
    return this.#result;
  }

  /** Whether the document has changed since its chunks were found: places in it have moved. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** What the document is standardized against; `null` for its own tokens. */
  get reference(): TintReference | null {
    return this.#reference;
  }

  /** Mean and standard deviation of each concept in the reference. */
  get references(): readonly Reference[] {
    const from = this.#reference ? this.#referenceParts : this.tokens;
    if (this.#known?.from !== from) {
      const values = this.#reference
        ? referenceValues(this.#reference, this.#referenceParts, this.#names.length)
        : this.tokens.values;
      this.#known = { from, references: values.map(referenceOf) };
    }
    return this.#known.references;
  }

  standardizeAgainst(reference: TintReference | null): void {
    this.#reference = reference;
    this.#referenceParts = [];
    this.#known = undefined;
    if (!reference) this.#changed.fire();
  }

  /** The document was edited. Later, `measure` has to be called. */
  edited(measure: () => void): void {
    this.#isBehind = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#tint.read(this.document.getText());
      this.#isBehind = false;
      const isComplete = visibleSpans(this.document).every((span) => this.#tint.isMeasured(span));
      this.#timer = setTimeout(
        () => {
          this.#changed.fire();
        },
        isComplete ? 0 : holdMilliseconds,
      );
      measure();
    }, pauseMilliseconds);
  }

  /**
   * Follows the concept file and the settings.
   *
   * @returns whether everything has to be measured again
   * @throws UserError if a concept is gone
   */
  follow(): boolean {
    const request = this.#currentRequest(this.#request.concepts);
    if (JSON.stringify(request) === JSON.stringify(this.#request)) return false;
    this.#request = request;
    this.#tint.forget();
    this.#referenceParts = [];
    this.#continuations.forget();
    return true;
  }

  /** Measures all that is missing. Ends early when the tint is disposed, since a call of the engine cannot be stopped. */
  async measure(): Promise<void> {
    if (this.#isMeasuring) return;
    this.#isMeasuring = true;
    try {
      while (!this.#isDisposed && (await this.#measureBatch()));
    } finally {
      this.#isMeasuring = false;
      this.#progress = null;
    }
  }

  /** What the model expects after a token. @throws EngineError */
  expectedAfter(token: Span): Promise<Continuation> {
    return this.#continuations.after(this.#tint.contextUpTo(token), this.#request);
  }

  /** @returns false if nothing is missing */
  async #measureBatch(): Promise<boolean> {
    const request = this.#request;
    const reference = this.#reference;
    const from = this.#referenceParts.length;
    const sample = reference?.parts.slice(from, from + batchSize) ?? [];
    const chunks = sample.length > 0 ? [] : this.#tint.missing(visibleSpans(this.document), batchSize);
    const parts = sample.length > 0 ? sample : chunks.map(({ context, text }) => ({ context, text }));
    if (parts.length === 0) return false;
    const onProgress = ({ message }: EngineProgress): void => {
      this.#progress = message;
      this.#changed.fire();
    };
    const isCurrent = (): boolean => !this.#isDisposed && request === this.#request;
    const call = this.engine.call('tint', { ...request, tinted: this.#names, parts }, { onProgress });
    const result = await call.catch((error: unknown) => {
      if (isCurrent()) throw error;
    });
    if (!result || !isCurrent()) return true;
    if (sample.length === 0) this.#tint.take(chunks, result.parts);
    else if (reference === this.#reference) this.#referenceParts = [...this.#referenceParts, ...result.parts];
    this.#progress = null;
    this.#result = { product: result.product, window: result.window };
    this.#changed.fire();
    return true;
  }

  /** Only the concepts in question, so that a change of others measures nothing again. */
  #currentRequest(before: readonly Concept[]): ContextRequest {
    const request = contextRequest(this.store);
    const concepts = this.#names.map((name) => currentConcept(name, request.concepts, before));
    this.#names = concepts.map(({ name }) => name);
    return { ...request, concepts };
  }
}

/** A concept by its name, or by its pairs where it was renamed. @throws UserError if it is gone */
function currentConcept(name: string, now: readonly Concept[], before: readonly Concept[]): Concept {
  const pairs = JSON.stringify(before.find((concept) => concept.name === name)?.pairs);
  const found =
    now.find((concept) => concept.name === name) ??
    now.find((concept) => JSON.stringify(concept.pairs) === pairs);
  if (found) return found;
  throw new UserError(t`The concept “${name}” is no longer in the concept file, so there is no tint by it.`);
}
