import { isNumber, isRecord, restoreSettings } from './settings/restoreSettings';
import { defaultSettings, type Settings } from './settings/settings';
import {
  experimentNames,
  experimentSizes,
  type ExperimentName,
  type ExperimentSize,
} from '../../src/simulator/experiments/experiment';
import { presetNames, type PresetName } from '../../src/simulator/paper/presets';
import { innerProducts, type InnerProduct } from '../../src/protocol/geometryResult';

export const mapNames = ['unembedding', 'embedding', 'cross'] as const;
export type MapName = (typeof mapNames)[number];

/** What the reader chose on the *Simulator* page. */
export interface SimulatorUi {
  readonly settings: Settings;
  /** Whether all settings are seen. */
  readonly isOpen: boolean;
  /** Whether parents of one child are joined in the picture of the graph. */
  readonly isMoral: boolean;
  /** The node that waits for the other end of an edge. */
  readonly edgeFrom: number | null;
  /** Why an edge was refused. */
  readonly edgeProblem: string | null;
  readonly preset: PresetName;
  readonly isQuick: boolean;
  /** Whether the experiments are seen. */
  readonly isExperimenting: boolean;
  readonly experiment: ExperimentName;
  readonly experimentSize: ExperimentSize;
  readonly map: MapName;
  /** In which the model's map is. */
  readonly product: InnerProduct;
  /** Whose curves: a concept's, or `null` for the mean of all. */
  readonly curvesOf: number | null;
  readonly isLogarithmic: boolean;
  /** The selected simulation; `null`: the running one, or else the newest. */
  readonly looked: string | null;
  /** The one that it is compared with. */
  readonly compared: string | null;
  /** Which of the kept moments of the selected run; `null`: its end. */
  readonly moment: number | null;
}

const defaultUi: SimulatorUi = {
  settings: defaultSettings,
  isOpen: false,
  isMoral: false,
  edgeFrom: null,
  edgeProblem: null,
  preset: 'table1',
  isQuick: true,
  isExperimenting: false,
  experiment: 'dimension',
  experimentSize: 'quick',
  map: 'unembedding',
  product: 'euclidean',
  curvesOf: null,
  isLogarithmic: false,
  looked: null,
  compared: null,
  moment: null,
};

/** Restores the valid part of an earlier session's choices. */
export function restoreSimulatorUi(saved: unknown): SimulatorUi {
  if (!isRecord(saved)) return defaultUi;
  const text = (key: string): string | null => {
    const value = saved[key];
    return typeof value === 'string' ? value : null;
  };
  const oneOf = <T extends string>(choices: readonly T[], key: string) =>
    choices.find((choice) => choice === saved[key]);
  const curvesOf = saved['curvesOf'];
  return {
    ...defaultUi,
    settings: restoreSettings(saved['settings']),
    isOpen: saved['isOpen'] === true,
    isMoral: saved['isMoral'] === true,
    preset: oneOf(presetNames, 'preset') ?? defaultUi.preset,
    isQuick: saved['isQuick'] !== false,
    isExperimenting: saved['isExperimenting'] === true,
    experiment: oneOf(experimentNames, 'experiment') ?? defaultUi.experiment,
    experimentSize: oneOf(experimentSizes, 'experimentSize') ?? defaultUi.experimentSize,
    map: oneOf(mapNames, 'map') ?? defaultUi.map,
    product: oneOf(innerProducts, 'product') ?? defaultUi.product,
    curvesOf: isNumber(curvesOf) ? curvesOf : null,
    isLogarithmic: saved['isLogarithmic'] === true,
    looked: text('looked'),
    compared: text('compared'),
  };
}
