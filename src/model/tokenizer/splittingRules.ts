/** How a byte-level vocabulary splits a text before it merges bytes: `tokenizer.ggml.pre` of a GGUF file. */
export interface SplittingRule {
  /** Regular expressions, each applied to the parts that the previous one made. Text that none matches is a part as well. */
  readonly patterns: readonly string[];
  /** Whether a part that is a token is never cut, whatever the merges say. */
  readonly wholeTokens?: boolean;
  /** Whether BOS comes before a text, unless the file says otherwise. */
  readonly addBos?: boolean;
}

/** Parts of the patterns below. */
const contractions = "'s|'t|'re|'ve|'m|'ll|'d";
const anyContraction = "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])";
const letters = String.raw`[^\r\n\p{L}\p{N}]?\p{L}+`;
const symbols = String.raw` ?[^\s\p{L}\p{N}]+[\r\n]*`;
const symbolsOrSlash = String.raw` ?[^\s\p{L}\p{N}]+[\r\n/]*`;
const lines = String.raw`\s*[\r\n]+`;
const spaces = String.raw`\s+(?!\S)|\s+`;
const punctuated = String.raw`[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_\x60{|}~][A-Za-z]+`;
const markedLetters = String.raw`[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+`;
const capitalsFirst = String.raw`[^\r\n\p{L}\p{N}]?(?:(?=\p{L})[^a-z])*(?:(?=\p{L})[^A-Z])+`;
const capitalsOnly = String.raw`[^\r\n\p{L}\p{N}]?(?:(?=\p{L})[^a-z])+(?:(?=\p{L})[^A-Z])*`;

const gpt2 = String.raw`${contractions}| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)`;
const upToThreeDigits = String.raw`\p{N}{1,3}`;
const llama3 = [anyContraction, letters, upToThreeDigits, symbols, lines, spaces].join('|');
const oneDigit = [anyContraction, letters, String.raw`\p{N}`, symbols, lines, spaces].join('|');
const words = String.raw` ?[^(\s|.,!?…。，、।۔،)]+`;
/** Letters of alphabets with capitals; hiragana to Hangul, and the common Chinese characters. */
const casedLetters = String.raw`A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-\u1f7dᾀ-ᾴᾶ-ᾼ\u1fbeῂ-ῄῆ-ῌῐ-\u1fd3ῖ-\u1fdbῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤ\u2126ℨ\u212a-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃`;
const eastAsian = '[一-龥ࠀ-一가-퟿]+';

const rules: readonly (readonly [names: string, rule: SplittingRule])[] = [
  [
    'gpt-2 phi-2 gigachat a.x-4.0 mellum modern-bert mpt olmo jais trillion granite-docling exaone4',
    only(gpt2),
  ],
  ['jina-es jina-de jina-v2-es jina-v2-de jina-v1-en jina-v2-code roberta-bpe', only(gpt2)],
  [
    'llama-bpe llama3 llama-v3 falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano',
    { patterns: [llama3], wholeTokens: true, addBos: true },
  ],
  ['dbrx smaug-bpe chatglm-bpe glm4', only(llama3)],
  ['qwen2 stablelm2 deepseek-r1-qwen megrez kormo hunyuan solar-open grok-2 f2llmv2', only(oneDigit)],
  [
    'qwen35',
    only(
      [
        anyContraction,
        String.raw`[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+`,
        String.raw`\p{N}`,
        String.raw` ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*`,
        ...[lines, spaces],
      ].join('|'),
    ),
  ],
  [
    'starcoder refact command-r smollm codeshell exaone minerva-7b mellum2',
    { patterns: [String.raw`\p{N}`, gpt2] },
  ],
  ['falcon', { patterns: [String.raw`[\p{P}$+<=>^~|\x60]+`, gpt2, '[0-9][0-9][0-9]'] }],
  ['default', { patterns: [String.raw`[\p{P}$+<=>^~|]+`, gpt2, String.raw`\p{N}+`, '[0-9][0-9][0-9]'] }],
  [
    'deepseek-llm',
    {
      patterns: [
        String.raw`[\r\n]`,
        String.raw`\s?[${casedLetters}]+`,
        String.raw`\s?[!-/:-~！-／：-～‘-‟\u3000-。]+`,
        ...[String.raw`\s+\z`, eastAsian, String.raw`\p{N}+`],
      ],
    },
  ],
  [
    'deepseek-coder',
    {
      patterns: [
        String.raw`[\r\n]`,
        String.raw`\s?\p{L}+`,
        String.raw`\s?\p{P}+`,
        eastAsian,
        String.raw`\p{N}`,
      ],
    },
  ],
  [
    'deepseek-v3 hunyuan-dense joyai-llm',
    {
      patterns: [
        ...[upToThreeDigits, '[一-龥぀-ゟ゠-ヿ]+'],
        [punctuated, markedLetters, String.raw` ?[\p{P}\p{S}]+[\r\n]*`, lines, spaces].join('|'),
      ],
    },
  ],
  ['bloom poro-chat gpt3-finnish', only(words)],
  ['viking', { patterns: [words, String.raw`\p{N}`] }],
  [
    'tekken',
    {
      patterns: [[capitalsFirst, capitalsOnly, String.raw`\p{N}`, symbolsOrSlash, lines, spaces].join('|')],
      ...{ wholeTokens: true, addBos: true },
    },
  ],
  [
    'gpt-4o llama4 kanana2 minimax-m2',
    only(
      [
        ...[`${capitalsFirst}${anyContraction}?`, `${capitalsOnly}${anyContraction}?`],
        ...[upToThreeDigits, symbolsOrSlash, lines, spaces],
      ].join('|'),
    ),
  ],
  [
    'bailingmoe bailingmoe2 llada-moe',
    only(
      [
        ...["'(?:[sSdDmMtT]|[lL][lL]|[vV][eE]|[rR][eE])", letters, String.raw`\p{N}`, symbols],
        ...[String.raw`\s*[\r\n]`, spaces],
      ].join('|'),
    ),
  ],
  [
    'seed-coder',
    only(
      [anyContraction, letters, String.raw`\p{N}`, String.raw` ?[^\s\p{L}\p{N}\r\n]+`, lines, spaces].join(
        '|',
      ),
    ),
  ],
];

function only(pattern: string): SplittingRule {
  return { patterns: [pattern] };
}

const byName = new Map(
  rules.flatMap(([names, rule]) => names.split(' ').map((name) => [name, rule] as const)),
);

/** The rule of this name, as llama.cpp applies it; undefined if it is not known here. */
export function splittingRule(name: string): SplittingRule | undefined {
  return byName.get(name);
}
