import { ModelError } from '../../errors';
import { isObject } from '../isObject';
import { shown } from '../storage/refusalText';

/** The tensor that holds U, and whether it is the token embedding. */
export interface HeadName {
  readonly name: string;
  readonly tied: boolean;
}

/** Names of the head, alone or behind the prefix of a wrapper, such as `language_model.lm_head.weight`. */
const heads = /^(?:.*\.)?(?:lm_head|embed_out)\.weight$|^output\.weight$/u;
const embeddings = /^(?:.*\.)?(?:embed_tokens|tok_embeddings|word_embeddings|embed_in|wte)\.weight$/u;
/** Parts of multimodal models that have tokens of their own. */
const otherParts = /audio|vision|visual|speech|talker|codec|draft|mtp/iu;

/** How quantizers name what they leave of a head's weight. */
const packed: readonly (readonly [name: RegExp, quantizer: string])[] = [
  [/lm_head\.qweight$/u, 'GPTQ or AWQ'],
  [/lm_head\.weight_packed$/u, 'compressed-tensors'],
  [/lm_head\.weight\.(?:absmax|quant_map|quant_state\..*)$/u, 'bitsandbytes'],
  [/lm_head\.W_q$/u, 'HQQ'],
];

/**
 * Finds the tensor that holds U: the head or, if there is none or config.json says that they are tied, the token embedding.
 *
 * @param names of all tensors of the checkpoint
 * @throws ModelError if there is none, it is packed by a quantizer, or it is not clear which one it is
 */
export function headNameOf(
  names: readonly string[],
  config: Readonly<Record<string, unknown>>,
  label: string,
): HeadName {
  const head = mainOf(
    names.filter((name) => heads.test(name)),
    label,
  );
  const embedding = (): string | undefined =>
    mainOf(
      names.filter((name) => embeddings.test(name)),
      label,
    );
  for (const [name, quantizer] of packed)
    if (names.some((each) => name.test(each))) throw packedHead(label, quantizerIn(config) ?? quantizer);
  const shared =
    head === undefined || configValue(config, 'tie_word_embeddings') === true ? embedding() : undefined;
  if (shared !== undefined) return { name: shared, tied: true };
  if (head !== undefined) return { name: head, tied: false };
  if (names.length > 0 && names.every((name) => name.includes('lora_')))
    throw new ModelError(`${label} is a LoRA adapter; merge it into its model and save that.`);
  throw new ModelError(
    `${label} has neither lm_head.weight nor a token embedding (embed_tokens.weight); choose the checkpoint of a language model.`,
  );
}

/** The shortest name of the language model's own. @throws ModelError if there are several */
function mainOf(names: readonly string[], label: string): string | undefined {
  const own = names.filter((name) => !otherParts.test(name));
  const candidates = own.length > 0 ? own : names;
  const depth = (name: string): number => name.split('.').length;
  const least = Math.min(...candidates.map(depth));
  const shortest = candidates.filter((name) => depth(name) === least);
  if (shortest.length < 2) return shortest[0];
  throw new ModelError(
    `${label} has several tensors that may be the LM head (${shortest.map(shown).join(', ')}); save the language model alone.`,
  );
}

function packedHead(label: string, quantizer: string): ModelError {
  return new ModelError(
    `${label} has an LM head quantized by ${quantizer}, which cannot be read; use the model before quantization, or a GGUF file of it.`,
  );
}

function quantizerIn(config: Readonly<Record<string, unknown>>): string | undefined {
  const quantization = config['quantization_config'];
  const method = isObject(quantization) ? quantization['quant_method'] : undefined;
  return typeof method === 'string' ? shown(method) : undefined;
}

/** A value of config.json. Multimodal configurations describe the language model in `text_config`. */
export function configValue(config: Readonly<Record<string, unknown>>, key: string): unknown {
  const text = config['text_config'];
  return config[key] ?? (isObject(text) ? text[key] : undefined);
}
