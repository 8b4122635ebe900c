import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CallOptions, EngineClient } from '../../engine/engineClient';
import type {
  ModelChoice,
  NearestRequest,
  ProbeRequest,
  VocabularyRequest,
} from '../../protocol/engineMessages';
import type { ManyModels, ManyModelsRequest } from '../../protocol/manyModels';
import { categoryDraws } from '../../protocol/categoriesResult';
import type { BetweenRequest } from '../../protocol/betweenResult';
import type { EngineProgress } from '../../protocol/progress';
import type { InnerProduct } from '../../protocol/geometryResult';
import {
  closableViews,
  emptyGeometryState,
  type ClosableView,
  type GeometryState,
} from '../../protocol/panelMessages';
import type { ProbeResult } from '../../protocol/probeResult';
import type { SteerRequest } from '../../protocol/contextResult';
import type { RunSettings } from '../../protocol/embedResult';
import type { ContinueChoice, SteeringChange } from '../../protocol/steeringMessages';
import { Estimate } from '../../format/estimate';
import type { ConceptStore } from '../stores/conceptStore';
import { Disposable } from '../disposable';
import { readSettings, settingsSection } from '../stores/settings';
import { Continuation } from './continuation';
import { problemOf } from './problemOf';
import { hasSameNumbers, steeredContext } from './steeredContext';

/** Milliseconds to wait for a pause between edits, which come in bursts. */
const pauseMilliseconds = 150;

/** Milliseconds: a faster computation shows only its result, without progress. */
const earlyMilliseconds = 600;

/** Number of tokens listed at each end of a direction. */
const endsShown = 20;

/** Number of nearest tokens listed for each inner product. */
const nearestShown = 40;

const withoutProblem = { problem: null, problemLine: null };

/** Views that are open or not, and show the whole concept file. */
type ParameterlessView = Exclude<
  ClosableView,
  'vocabulary' | 'comparison' | 'manyModels' | 'steering' | 'between' | 'nearest'
>;

/** Of these, the ones that are computed in each inner product. */
type ProductView = Exclude<ParameterlessView, 'categories'>;

export type VocabularyChoice = Pick<VocabularyRequest, 'product' | 'x' | 'y'>;

/** A context, and the direction to steer it along. */
export interface SteeringChoice extends Pick<SteerRequest, 'concept' | 'product' | 'text'> {
  /** Whether the text before the cursor is longer than `text`. */
  readonly isCut: boolean;
}

/** Keeps one result up to date with the concept file. Everything that shows geometry reads this state. */
export class ProbeSession extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<GeometryState>());
  readonly onDidChange = this.#changed.event;
  #state: GeometryState = emptyGeometryState;
  #timer: NodeJS.Timeout | undefined;
  #running: AbortController | undefined;
  #earlyTimer: NodeJS.Timeout | undefined;
  #isStale = false;
  /** URI of the concept file that the state belongs to. */
  #file: string | null = null;
  /** The model to compare with, while that view is open. */
  #comparison: { readonly model: ModelChoice } | undefined;
  /** What the comparison of many models that is shown was asked for; it takes too long to follow every edit. */
  #manyModels: ManyModelsRequest | undefined;
  #vocabulary: VocabularyChoice | undefined;
  /** The two concepts whose pairs are compared, while that view is open. */
  #between: Pick<BetweenRequest, 'a' | 'b'> | undefined;
  /** The word and the concept that it is moved along, while that view is open. */
  #nearest: Pick<NearestRequest, 'concept' | 'base'> | undefined;
  #steering: SteeringChoice | undefined;
  readonly #continuation: Continuation;
  /** Open views that have no parameters. */
  readonly #wanted = new Set<ParameterlessView>();

  constructor(
    private readonly store: ConceptStore,
    private readonly engine: EngineClient,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this.#continuation = this.register(new Continuation(engine, log));
    this.register(
      this.#continuation.onDidChange((continuation) => {
        this.#set({ continuation });
      }),
    );
    this.register(
      store.onDidChange(() => {
        this.#followFile();
        this.refresh();
      }),
    );
    this.register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(settingsSection)) this.refresh();
      }),
    );
    this.register({
      dispose: () => {
        clearTimeout(this.#timer);
        clearTimeout(this.#earlyTimer);
        this.#running?.abort();
      },
    });
  }

  get state(): GeometryState {
    return this.#state;
  }

  /** Computes again after a short pause, or as soon as the running computation is done. */
  refresh(): void {
    this.#checkManyModels();
    this.#refresh(null);
  }

  /** @param view the view that is computed anew beside a result that stays as it is */
  #refresh(view: ClosableView | null): void {
    // A running computation of the result itself goes on, and the page shows that.
    const isResultBusy = this.#running !== undefined && this.#state.computing === null;
    this.#set({ computing: isResultBusy ? null : view });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#compute(), pauseMilliseconds);
  }

  /** From now on, also probes the concepts in a second model. */
  compareWith(model: ModelChoice): void {
    this.#comparison = { model };
    this.#refresh('comparison');
  }

  /** What {@link showManyModels} has to be asked for. */
  manyModelsRequest(models: readonly ModelChoice[]): ManyModelsRequest {
    const { concepts, seed, settings, tokens } = this.#request();
    return { models, concepts, seed, settings, tokens };
  }

  /** Shows a comparison until it is closed; it says so when concepts or settings have changed since. */
  showManyModels(request: ManyModelsRequest, manyModels: ManyModels): void {
    this.#manyModels = request;
    this.#set({ manyModels });
    this.#checkManyModels();
  }

  #checkManyModels(): void {
    const [asked, { manyModels }] = [this.#manyModels, this.#state];
    if (!asked || !manyModels) return;
    const now = this.manyModelsRequest(asked.models);
    const isOutdated = JSON.stringify(now) !== JSON.stringify(asked);
    if (isOutdated !== (manyModels.isOutdated ?? false))
      this.#set({ manyModels: { ...manyModels, isOutdated } });
  }

  /** From now on, also projects the vocabulary on the direction of one concept or two. */
  projectVocabulary(choice: VocabularyChoice): void {
    this.#vocabulary = choice;
    this.#refresh('vocabulary');
  }

  /** From now on, also lists the tokens nearest to a word moved along a concept. */
  showNearest(concept: string, base: string): void {
    this.#nearest = { concept, base };
    this.#refresh('nearest');
  }

  /** From now on, also compares the pairs of two concepts. */
  showBetween(a: string, b: string): void {
    this.#between = { a, b };
    this.#refresh('between');
  }

  /**
   * From now on, also answers the analogies of every concept's pairs, aligns the context pairs with the concepts, measures the
   * labelled contexts, or compares the categories.
   */
  show(view: ParameterlessView): void {
    this.#wanted.add(view);
    this.#refresh(view);
  }

  /** From now on, also steers a context along a concept's direction. */
  steer(choice: SteeringChoice): void {
    this.#steering = choice;
    this.#continuation.clear();
    this.#refresh('steering');
  }

  /** Steers the same context along another direction. */
  steerAlong({ concept, product }: SteeringChange): void {
    const now = this.#steering;
    if (now) this.steer({ ...now, concept: concept ?? now.concept, product: product ?? now.product });
  }

  /** Continues the steered context for several α. */
  continueSteering(choice: ContinueChoice): void {
    if (!this.#steering) return;
    const { concept, product, text } = this.#steering;
    const request = { ...this.#request(), concept, product, text };
    void this.#continuation.write({ ...request, ...choice });
  }

  /** Ends {@link compareWith}, {@link projectVocabulary}, {@link steer} or {@link show}. */
  close(view: ClosableView): void {
    if (view === 'comparison') this.#comparison = undefined;
    else if (view === 'manyModels') this.#manyModels = undefined;
    else if (view === 'vocabulary') this.#vocabulary = undefined;
    else if (view === 'between') this.#between = undefined;
    else if (view === 'nearest') this.#nearest = undefined;
    else if (view === 'steering') {
      this.#steering = undefined;
      this.#continuation.clear();
    } else this.#wanted.delete(view);
    this.#set({ [view]: null });
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#isStale = false;
    this.#running?.abort();
    this.#continuation.cancel();
  }

  /** Numbers of one concept file are never shown as those of another. */
  #followFile(): void {
    const { state } = this.store;
    const file = state.kind === 'none' ? null : state.uri.toString();
    if (file === this.#file) return;
    this.#file = file;
    if (this.#running) {
      this.#isStale = true;
      this.#running.abort();
    }
    this.#continuation.clear();
    const views = Object.fromEntries(closableViews.map((view) => [view, null]));
    this.#set({ ...views, ...withoutProblem, conceptFile: this.#fileLabel, result: null, early: null });
  }

  get #fileLabel(): string | null {
    return this.store.place?.label ?? null;
  }

  /** The concepts and settings as they are now. */
  #request(): ProbeRequest & RunSettings {
    const { model, seed, settings, run } = readSettings();
    return { model, seed, settings, concepts: this.store.concepts, tokens: this.store.tokens, ...run };
  }

  async #compute(): Promise<void> {
    if (this.#running) {
      this.#isStale = true;
      return;
    }
    const { state, concepts } = this.store;
    const conceptFile = this.#fileLabel;
    if (state.kind === 'invalid') {
      const { line, message } = state.problem;
      const problem = t`${conceptFile ?? ''}, line ${line}: ${message}.`;
      this.#set({ conceptFile, progress: null, problem, problemLine: line, isOutdated: true });
      return;
    }
    if (concepts.length === 0) {
      this.#set({ conceptFile, result: null, ...withoutProblem, progress: null, isOutdated: false });
      return;
    }
    const controller = new AbortController();
    this.#running = controller;
    this.#set({ conceptFile, ...withoutProblem, progress: { message: t('Starting'), fraction: null } });
    let isOutdated = true;
    const estimate = new Estimate();
    try {
      const options = {
        signal: controller.signal,
        onProgress: ({ early, ...progress }: EngineProgress) => {
          this.#set({ progress: { ...progress, message: estimate.text(progress) } });
          if (early) this.#showEarly(early, controller.signal);
        },
      };
      const request = this.#request();
      const result = await this.engine.call('probe', { ...request, early: true }, options);
      clearTimeout(this.#earlyTimer);
      isOutdated = false;
      this.#set({ ...this.#closedBy(result), result, early: null, isOutdated });
      const products = request.settings.products.filter((product) => result.directions[product] !== null);
      const { a = '', b = '' } = this.#between ?? {};
      await this.#showChosen(
        'between',
        () => this.#between,
        [a, b],
        () => this.engine.call('between', { ...request, a, b, products }, options),
      );
      await this.#showVocabulary(request, options);
      const { concept = '', base = '' } = this.#nearest ?? {};
      await this.#showChosen(
        'nearest',
        () => this.#nearest,
        [concept],
        () =>
          this.engine.call('nearest', { ...request, concept, base, products, count: nearestShown }, options),
      );
      await this.#showSteering(request, options);
      await this.#showComparison(request, options);
      const { contextPairs = [], contextSets = [] } = this.store.contexts;
      await this.#showInProducts('analogies', products, (product) =>
        this.engine.call('analogies', { ...request, product }, options),
      );
      if (contextPairs.length === 0) this.#closeIfOpen('alignment');
      await this.#showInProducts('alignment', products, (product) =>
        this.engine.call('align', { ...request, product, sets: contextPairs }, options),
      );
      if (contextSets.length === 0) this.#closeIfOpen('measurement');
      await this.#showInProducts('measurement', products, (product) =>
        this.engine.call('measure', { ...request, product, sets: contextSets }, options),
      );
      await this.#showCategories(request, options);
      this.#set({ progress: null, computing: null });
    } catch (error) {
      clearTimeout(this.#earlyTimer);
      // Another concept file is in use now; its result follows.
      const isLeft = controller.signal.aborted && this.#isStale;
      const problem = isLeft ? null : problemOf(error, this.log);
      const idle = { early: null, progress: null, computing: null };
      this.#set({ ...idle, problem, isOutdated: isOutdated && !isLeft });
    } finally {
      this.#running = undefined;
      if (this.#isStale) {
        this.#isStale = false;
        this.#refresh(this.#state.computing);
      }
    }
  }

  /** Only if the computation takes a while: a progress message that is replaced at once would flicker. */
  #showEarly(early: ProbeResult, signal: AbortSignal): void {
    clearTimeout(this.#earlyTimer);
    this.#earlyTimer = setTimeout(() => {
      if (!signal.aborted) this.#set({ ...this.#closedBy(early), early });
    }, earlyMilliseconds);
  }

  /** Clears what was shown together with a result of another model. */
  #closedBy(result: ProbeResult): Partial<GeometryState> {
    const isSameModel = result.model.name === this.#state.result?.model.name;
    if (!isSameModel) this.#continuation.clear();
    const ofModel = closableViews.filter((view) => view !== 'manyModels');
    return isSameModel ? {} : Object.fromEntries(ofModel.map((view) => [view, null]));
  }

  /** Computes a view of chosen concepts, unless the choice has changed meanwhile. An error closes it. */
  async #showChosen<V extends 'between' | 'nearest'>(
    view: V,
    wanted: () => object | undefined,
    concepts: readonly string[],
    compute: () => Promise<NonNullable<GeometryState[V]>>,
  ): Promise<void> {
    const choice = wanted();
    if (!choice) return;
    this.#set({ computing: view });
    if (!concepts.every((name) => this.store.concepts.some((concept) => concept.name === name))) {
      this.close(view);
      return;
    }
    try {
      const result = await compute();
      if (wanted() === choice) this.#set({ [view]: result });
    } catch (error) {
      if (wanted() === choice) this.close(view);
      throw error;
    }
  }

  async #showVocabulary(request: ProbeRequest, options: CallOptions): Promise<void> {
    const wanted = this.#vocabulary;
    if (!wanted) return;
    this.#set({ computing: 'vocabulary' });
    const names = new Set(request.concepts.map(({ name }) => name));
    if (!names.has(wanted.x) || (wanted.y !== null && !names.has(wanted.y))) {
      this.close('vocabulary');
      return;
    }
    try {
      const params = { ...request, ...wanted, count: endsShown };
      const vocabulary = await this.engine.call('vocabulary', params, options);
      if (this.#vocabulary === wanted) this.#set({ vocabulary });
    } catch (error) {
      this.close('vocabulary');
      throw error;
    }
  }

  async #showSteering(request: ProbeRequest & RunSettings, options: CallOptions): Promise<void> {
    const wanted = this.#steering;
    if (!wanted) return;
    this.#set({ computing: 'steering' });
    if (!request.concepts.some(({ name }) => name === wanted.concept)) {
      this.close('steering');
      return;
    }
    try {
      const { isCut, ...choice } = wanted;
      const result = await this.engine.call('steer', { ...request, ...choice }, options);
      if (this.#steering !== wanted) return;
      const before = this.#state.steering?.result;
      if (before && !hasSameNumbers(before, result)) this.#continuation.outdate();
      this.#set({ steering: steeredContext(wanted.text, isCut, result) });
    } catch (error) {
      if (this.#steering === wanted) this.close('steering');
      throw error;
    }
  }

  async #showComparison(request: ProbeRequest, options: CallOptions): Promise<void> {
    const wanted = this.#comparison;
    if (!wanted) return;
    this.#set({ computing: 'comparison' });
    try {
      const params = { ...request, other: wanted.model };
      const comparison = await this.engine.call('compare', params, options);
      if (this.#comparison === wanted) this.#set({ comparison });
    } catch (error) {
      this.close('comparison');
      throw error;
    }
  }

  /** Computes an open view in each inner product. An error closes it. */
  async #showInProducts<V extends ProductView>(
    view: V,
    products: readonly InnerProduct[],
    compute: (product: InnerProduct) => Promise<NonNullable<GeometryState[V]>[number]>,
  ): Promise<void> {
    if (!this.#wanted.has(view)) return;
    this.#set({ computing: view });
    try {
      const results = [];
      for (const product of products) results.push(await compute(product));
      if (this.#wanted.has(view)) this.#set({ [view]: results });
    } catch (error) {
      this.close(view);
      throw error;
    }
  }

  async #showCategories(request: ProbeRequest, options: CallOptions): Promise<void> {
    const { categories = [] } = this.store.file ?? {};
    if (categories.length === 0) this.#closeIfOpen('categories');
    if (!this.#wanted.has('categories')) return;
    this.#set({ computing: 'categories' });
    try {
      const permutations = Math.min(categoryDraws, request.settings.permutations);
      const settings = { ...request.settings, permutations };
      const result = await this.engine.call('categories', { ...request, categories, settings }, options);
      if (this.#wanted.has('categories')) this.#set({ categories: result });
    } catch (error) {
      this.close('categories');
      throw error;
    }
  }

  /** Closes a view of what the concept file no longer has. */
  #closeIfOpen(view: ParameterlessView): void {
    if (this.#wanted.has(view)) this.close(view);
  }

  #set(change: Partial<GeometryState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.fire(this.#state);
  }
}
