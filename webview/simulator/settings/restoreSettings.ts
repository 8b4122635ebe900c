import { isSettingValue } from '../../../src/protocol/simulationSchema';
import { mostConcepts } from '../../../src/simulator/config/settingTable';
import { makeConfig, type SimulationConfig } from '../../../src/simulator/config/simulationConfig';
import { graphOf, type Edge } from '../../../src/simulator/world/graph';
import { defaultSettings, suggestedSteps, type Settings } from './settings';

/** The usable settings of an earlier session. */
export function restoreSettings(saved: unknown): Settings {
  if (!isRecord(saved)) return defaultSettings;
  const config = readConfig(saved['config'], defaultSettings.config);
  const runs = saved['runs'];
  return {
    config,
    runs: isNumber(runs) ? runs : defaultSettings.runs,
    hasOwnSteps: saved['hasOwnSteps'] === true || config.steps !== suggestedSteps(config.concepts),
  };
}

/** Takes the usable values of a saved config; the others are those of `otherwise`. Bounds are up to `checkConfig`. */
export function readConfig(saved: unknown, otherwise: SimulationConfig): SimulationConfig {
  const from: Readonly<Record<string, unknown>> = isRecord(saved) ? saved : {};
  const config = makeConfig((key) => (isSettingValue(key, from[key]) ? from[key] : otherwise[key]));
  return isGraph(config.edges) ? config : { ...config, edges: null };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Of as many concepts as there may be: edges of more than there are now come back with them. */
function isGraph(edges: readonly Edge[] | null): boolean {
  try {
    graphOf(mostConcepts, edges ?? []);
    return true;
  } catch {
    return false;
  }
}
