import { UsageError } from '../../errors';
import { formatCount, formatDecimal, formatProbability, productName } from '../../format/numbers';
import { matrix } from '../../geometry/matrix';
import { logOdds, topTokens } from '../../geometry/steering';
import type { ContinueResult, ContrastPair, SteerResult } from '../../protocol/contextResult';
import { defineCommand } from '../command';
import { requiredConcept } from '../options/axisOptions';
import { contextHead, contextOptions, contextRequest } from '../options/contextOptions';
import { conceptFiles } from '../options/conceptOptions';
import { modelOf } from '../options/modelOptions';
import { jsonText, progressOf } from '../output';
import { wholeNumber } from '../readArguments';
import { skippedLines } from '../text/contextText';
import { textTable } from '../text/textTable';
import { writeNumbers, type Numbers } from '../writeNumbers';

const mostTokens = 1000;

export const command = defineCommand({
  name: 'intervene',
  summary: 'Move the last hidden state of a context along a concept, and list the likeliest next tokens',
  details: ['λ + αv, with v = Cov⁻¹γ̄_W in the causal inner product and γ̄_W in the Euclidean one.'],
  inputs: conceptFiles,
  options: {
    concept: requiredConcept,
    text: { type: 'string', placeholder: 'TEXT', help: 'The context', required: 'TEXT, a context' },
    alpha: {
      type: 'string',
      placeholder: 'A,B,…',
      help: 'Strengths of the intervention; 0 is the model as it is',
      default: '0,0.1,0.2,0.3,0.4',
      read: numbers,
    },
    top: {
      type: 'string',
      placeholder: 'N',
      help: 'Tokens to list for each strength',
      default: '5',
      read: (text, option) => wholeNumber(text, option, mostTokens),
    },
    continue: {
      type: 'string',
      placeholder: 'N',
      help: 'Also continue the context by so many tokens for each strength',
      default: '0',
      read: (text, option) => wholeNumber(text, option, mostTokens),
    },
    temperature: {
      type: 'string',
      placeholder: 'T',
      help: 'Sample the continuation at this temperature, with the seed; 0 takes the likeliest token',
      default: '0',
      read: temperatureOf,
    },
    ...contextOptions,
  },
  async run(given, context) {
    const { concept, text, alpha: alphas, top, continue: count, temperature } = given.values;
    const { json = false, csv, npy } = given.values;
    const { methods, output } = context;
    const request = { ...(await contextRequest(given, modelOf(given.values), context)), concept, text };
    const steered = await methods.steer(request, progressOf(output));
    const written =
      count === 0
        ? null
        : await methods.continue({ ...request, alphas, count, temperature }, progressOf(output));
    const files = await writeNumbers({ csv, npy }, numbersOf(steered, alphas), output);
    const document = documentOf(steered, alphas, top);
    const continued = written && { temperature, continuations: written.continuations };
    output.print(
      json
        ? jsonText({ ...contextHead(request), text, ...document, ...continued })
        : [textOf(steered, alphas, top, written), ...files].join(''),
    );
  },
});

/** A comma-separated list, such as `0,0.1,-0.2`. */
function numbers(text: string, option: string): readonly number[] {
  return text.split(',').map((part) => {
    const value = Number(part);
    if (part.trim() === '' || !Number.isFinite(value))
      throw new UsageError(
        `${option} needs numbers with commas between them, such as 0,0.1,0.2, not “${text}”.`,
      );
    return value;
  });
}

function temperatureOf(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100))
    throw new UsageError(`${option} needs a number from 0 to 100, not “${text}”.`);
  return value;
}

function documentOf(steered: SteerResult, alphas: readonly number[], count: number) {
  const { concept, pieces, pairs, tokens, windowed, hiddenNorm, stepNorm, skipped } = steered;
  const odds = (alpha: number, some: readonly ContrastPair[]) =>
    some.map(({ base, target, baseId, targetId }) => ({
      ...{ base, target },
      logOdds: logOdds(steered, alpha, { base: baseId, target: targetId }),
    }));
  const own = pairs.filter((pair) => pair.concept === concept);
  const others = steered.concepts.filter((name) => name !== concept);
  return {
    concept,
    context: { tokens, windowed },
    ...{ hiddenNorm, stepNorm },
    alphas: alphas.map((alpha) => ({
      alpha,
      top: topTokens(steered, alpha, count).map(({ id, probability }) => ({
        id,
        token: pieces[id]!,
        probability,
      })),
      pairs: odds(alpha, own),
      others: others.map((name) => ({
        concept: name,
        pairs: odds(
          alpha,
          pairs.filter((pair) => pair.concept === name),
        ),
      })),
    })),
    skipped,
  };
}

/** Log-odds of every pair: a row of the matrix for each α, a column for each pair. */
function numbersOf(steered: SteerResult, alphas: readonly number[]): Numbers {
  const { pairs } = steered;
  const odds = (alpha: number, { baseId, targetId }: ContrastPair): number =>
    logOdds(steered, alpha, { base: baseId, target: targetId });
  return {
    table: () => [
      ['alpha', 'concept', 'base', 'target', 'log odds'],
      ...alphas.flatMap((alpha) =>
        pairs.map((pair) => [alpha, pair.concept, pair.base, pair.target, odds(alpha, pair)]),
      ),
    ],
    matrix: () =>
      matrix(
        alphas.length,
        pairs.length,
        Float64Array.from(alphas.flatMap((alpha) => pairs.map((pair) => odds(alpha, pair)))),
      ),
  };
}

function textOf(
  steered: SteerResult,
  alphas: readonly number[],
  count: number,
  written: ContinueResult | null,
): string {
  const { concept, product, pieces, pairs, tokens, windowed, hiddenNorm, stepNorm } = steered;
  const head = ['', ...alphas.map((alpha) => `α = ${alpha}`)];
  const top = alphas.map((alpha) => topTokens(steered, alpha, count));
  const rows = Array.from({ length: count }, (_, rank) => [
    String(rank + 1),
    ...top.map((list) => {
      const found = list[rank];
      return found ? `${pieces[found.id]!} ${formatProbability(found.probability)}` : '';
    }),
  ]);
  const step = [
    'Step',
    ...alphas.map((alpha) => formatDecimal((Math.abs(alpha) * stepNorm) / hiddenNorm, 2)),
  ];
  const odds = pairs
    .filter((pair) => pair.concept === concept)
    .map(({ base, target, baseId, targetId }) => [
      `${base} → ${target}`,
      ...alphas.map((alpha) => formatDecimal(logOdds(steered, alpha, { base: baseId, target: targetId }), 2)),
    ]);
  return [
    `Next tokens after λ + αv along ${concept}, ${productName(product)} inner product`,
    `  Context: ${formatCount(tokens)} tokens${windowed ? ', the end of a longer text' : ''}. Step: α‖v‖/‖λ‖; a step as large as λ itself proves nothing`,
    textTable([head, ...rows, step]),
    '',
    'log P(target)/P(base)',
    textTable([['Pair', ...head.slice(1)], ...odds]),
    ...(written ? ['', ...written.continuations.map(({ alpha, text }) => `α = ${alpha}: …${text}`)] : []),
    ...skippedLines(steered.skipped),
    '',
  ].join('\n');
}
