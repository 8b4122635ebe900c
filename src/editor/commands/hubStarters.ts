import { t } from '@vscode/l10n';
import { formatBytes } from '../../format/numbers';
import type { WeightFormat } from '../../protocol/weightFormat';

interface Starter {
  readonly id: string;
  readonly parameters: string;
  /** Size of the file that one would choose, rounded as on its page. */
  readonly bytes: number;
  readonly format: WeightFormat;
  /** The format, with a remark. */
  readonly what?: string;
}

/** Models to begin with, smallest first. Sizes are those of their lists of files. */
const starters: readonly Starter[] = [
  {
    id: 'Xenova/llama2.c-stories15M',
    parameters: '15M',
    bytes: 97.9e6,
    format: 'ONNX',
    what: t('ONNX, can be run'),
  },
  {
    id: 'Xenova/llama2.c-stories42M',
    parameters: '42M',
    bytes: 233e6,
    format: 'ONNX',
    what: t('ONNX, can be run'),
  },
  { id: 'HuggingFaceTB/SmolLM2-135M', parameters: '135M', bytes: 269e6, format: 'safetensors' },
  { id: 'Qwen/Qwen2.5-0.5B', parameters: '0.5B', bytes: 988e6, format: 'safetensors' },
  {
    id: 'TinyLlama/TinyLlama-1.1B-intermediate-step-1195k-token-2.5T',
    parameters: '1.1B',
    bytes: 4.4e9,
    format: 'safetensors',
  },
  {
    id: 'TheBloke/Llama-2-7B-GGUF',
    parameters: '7B',
    bytes: 4.08e9,
    format: 'GGUF',
    what: t('GGUF, 4 bits (Q4_K_M)'),
  },
  {
    id: 'meta-llama/Llama-2-7b-hf',
    parameters: '7B',
    bytes: 13.5e9,
    format: 'safetensors',
    what: t('safetensors; terms must be accepted on its page first'),
  },
];

/** The starters as items of a list. @param formats those to offer */
export function starterItems(
  formats: readonly WeightFormat[],
): { label: string; description: string; id: string }[] {
  return starters
    .filter(({ format }) => formats.includes(format))
    .map(({ id, parameters, bytes, format, what = format }) => ({
      id,
      label: id,
      description: `${parameters} · ${t`about ${formatBytes(bytes)}`} · ${what}`,
    }));
}
