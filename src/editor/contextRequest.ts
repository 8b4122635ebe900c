import { shownProduct } from '../format/shownProduct';
import type { ContextRequest } from '../protocol/contextResult';
import type { ConceptStore } from './stores/conceptStore';
import { readSettings } from './stores/settings';

/** What a command asks the engine for: concepts of the file in the inner product that is shown, with the user's settings. */
export function contextRequest({ concepts, tokens }: ConceptStore): ContextRequest {
  const { model, seed, settings, run } = readSettings();
  const product = shownProduct(settings.products.includes('causal'));
  return { model, seed, settings, concepts, tokens, product, ...run };
}
