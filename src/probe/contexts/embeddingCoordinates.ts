import { matrix, type Matrix } from '../../geometry/matrix';
import { multiplyTransposedRow } from '../../model/algebra/substitution';
import type { ContextRequest } from '../../protocol/contextResult';
import type { ReportProgress } from '../../protocol/progress';
import type { ModelGeometry } from '../modelGeometry';

/**
 * Maps hidden states to coordinates where the inner product of the embedding space is the dot product: Lᵀλ with
 * L·Lᵀ = Cov(γ) in the causal product, ⟨λ₁, λ₂⟩ = λ₁ᵀCov λ₂; λ itself in the Euclidean one. The embedding direction
 * Cov⁻¹γ̄_W of a concept becomes L⁻¹γ̄_W there, its unembedding direction (Park et al. 2311.03658, Theorem 2.2).
 */
export async function embeddingCoordinates(
  geometry: ModelGeometry,
  { product, settings }: Pick<ContextRequest, 'product' | 'settings'>,
  progress: ReportProgress,
): Promise<(states: readonly Float32Array[]) => Matrix> {
  const { hiddenSize } = geometry.unembedding.head;
  const factor =
    product === 'causal' ? (await geometry.causal(settings.ridge, progress)).factor.factor : null;
  return (states) => {
    const data = new Float64Array(states.length * hiddenSize);
    states.forEach((state, i) => {
      data.set(state, i * hiddenSize);
      if (factor) multiplyTransposedRow(factor, data.subarray(i * hiddenSize, (i + 1) * hiddenSize));
    });
    return matrix(states.length, hiddenSize, data);
  };
}
