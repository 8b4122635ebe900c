import { innerProducts, type InnerProduct } from '../../src/protocol/geometryResult';
import { panelPages, type PanelPage } from '../../src/protocol/panelMessages';
import { restoreNearestUi, type NearestUi } from '../vocabulary/nearestUi';
import { restoreSteeringUi, type SteeringUi } from '../steering/steeringUi';
import { restoreSimulatorUi, type SimulatorUi } from '../simulator/simulatorUi';

/** The reader's choices in the panel, which are kept when the panel is hidden, unlike the results. */
export interface UiState {
  readonly page: PanelPage;
  /** Where the page is scrolled to, in CSS pixels. */
  readonly scroll: number;
  readonly simulator: SimulatorUi;
  /** The concept shown in detail; the first one if it does not exist. */
  readonly concept: string | null;
  /** `null`: the causal one if the result has it, because the claim about directions is made in it. */
  readonly product: InnerProduct | null;
  /** Whether the details of model, settings and inner product are open. */
  readonly isDetailed: boolean;
  readonly map: MapKind;
  readonly sign: (typeof signs)[number];
  readonly conceptOrder: (typeof conceptOrders)[number];
  readonly pairOrder: PairOrder;
  /** Whether means over pairs of differences include each difference with itself. */
  readonly selfPairs: boolean;
  /** What the leave-one-out bars show. */
  readonly measure: Measurement;
  /** The measure in which random pairs are compared. */
  readonly chance: ChanceKind;
  /** The second axis of the vocabulary, a concept; `null` for none. */
  readonly against: string | null;
  /** The set of context pairs shown in detail; the first one if it does not exist. */
  readonly contextSet: string | null;
  /** The labels whose contexts are compared; the first two if they do not exist. */
  readonly firstLabel: string | null;
  readonly secondLabel: string | null;
  /** The category shown in detail, and the parent of the siblings that are shown; the first ones if they do not exist. */
  readonly category: string | null;
  readonly siblings: string | null;
  readonly measuredOrder: (typeof measuredOrders)[number];
  /** The tokens to mark among the vocabulary. */
  readonly vocabularySearch: string;
  readonly nearest: NearestUi;
  readonly steering: SteeringUi;
  /** Charts whose table is open. */
  readonly openTables: readonly TableId[];
}

export type MapKind = (typeof maps)[number];
export type PairOrder = (typeof pairOrders)[number];
export type Measurement = (typeof measurements)[number];
export type ChanceKind = (typeof chances)[number];
export type TableId = (typeof tableIds)[number];

const maps = ['directions', 'differences', 'control', 'all'] as const;
const signs = ['signed', 'absolute'] as const;
const conceptOrders = ['file', 'name', 'size', 'value', 'clustered'] as const;
const measuredOrders = ['file', 'auc'] as const;
const pairOrders = ['file', 'name', 'size', 'leave-one-out', 'clustered'] as const;
const measurements = ['cosine', 'projection'] as const;
const chances = ['cosine', 'projection', 'norm-matched'] as const;
const tableIds = [
  'directions',
  'all-directions',
  'pairs',
  'between',
  'leave-one-out',
  'chance',
  'vocabulary',
  'alignment',
  'alignment-bars',
  'context-leave-one-out',
  'measurement',
  'categories',
  'category-cosines',
  'steering-pairs',
  'steering-arrows',
  'many-models',
  'models-agreement',
  'models-trend',
  'simulated-map',
  'model-map',
  'curves',
  'points',
] as const;

/** Restores the valid part of an earlier session's choices. */
export function restoreUi(saved: unknown): UiState {
  const from: Record<string, unknown> = typeof saved === 'object' && saved !== null ? { ...saved } : {};
  const open: readonly unknown[] = Array.isArray(from['openTables']) ? from['openTables'] : [];
  const text = (key: string) => (typeof from[key] === 'string' ? from[key] : null);
  const oneOf = <T extends string>(choices: readonly T[], key: string) =>
    choices.find((choice) => choice === from[key]);
  return {
    page: oneOf(panelPages, 'page') ?? 'geometry',
    scroll: typeof from['scroll'] === 'number' && from['scroll'] > 0 ? from['scroll'] : 0,
    simulator: restoreSimulatorUi(from['simulator']),
    concept: text('concept'),
    product: oneOf(innerProducts, 'product') ?? null,
    isDetailed: from['isDetailed'] === true,
    map: oneOf(maps, 'map') ?? 'directions',
    sign: oneOf(signs, 'sign') ?? 'signed',
    conceptOrder: oneOf(conceptOrders, 'conceptOrder') ?? 'file',
    pairOrder: oneOf(pairOrders, 'pairOrder') ?? 'file',
    selfPairs: from['selfPairs'] === true,
    measure: oneOf(measurements, 'measure') ?? 'cosine',
    chance: oneOf(chances, 'chance') ?? 'cosine',
    against: text('against'),
    contextSet: text('contextSet'),
    firstLabel: text('firstLabel'),
    secondLabel: text('secondLabel'),
    category: text('category'),
    siblings: text('siblings'),
    measuredOrder: oneOf(measuredOrders, 'measuredOrder') ?? 'file',
    vocabularySearch: text('vocabularySearch') ?? '',
    nearest: restoreNearestUi(from['nearest']),
    steering: restoreSteeringUi(from['steering']),
    openTables: tableIds.filter((id) => open.includes(id)),
  };
}
