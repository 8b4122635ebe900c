import { t } from '@vscode/l10n';
import { nothing, svg, type TemplateResult } from 'lit';
import { formatCosine } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import type { ConceptGeometry, Histogram } from '../../src/protocol/geometryResult';
import { conceptColorNumber } from './theme';

/* Of a drawing that is stretched to its place: 200 units are the cosines from −1 to 1. */
const height = 30;
const ground = 20;
const ticksTop = 22;
/** More ticks than this are drawn half transparent, because they overlap. */
const mostSolid = 40;

const x = (cosine: number): number => 100 + 100 * Math.max(-1, Math.min(1, cosine));

/**
 * A concept against chance on the axis from −1 to 1, the same for all concepts: grey the cosines of random pairs, below it a
 * tick for each pair, and across it the mean with its interval.
 */
export function sparkline(geometry: ConceptGeometry, index: number): TemplateResult {
  const { leaveOneOut, random } = geometry;
  const { mean, interval } = leaveOneOut;
  const cosines = [...leaveOneOut.cosines].filter((cosine) => !Number.isNaN(cosine));
  const ticks = cosines.map((cosine) => `M${x(cosine).toFixed(1)} ${ticksTop}V${height}`).join('');
  return svg`<svg
    class="sparkline concept-${conceptColorNumber(index)}"
    viewBox="0 0 200 ${height}"
    preserveAspectRatio="none"
    role="img"
    aria-label=${sparklineText(geometry)}
  >
    ${random ? svg`<path class="spark-random" d=${shape(random.cosine.histogram)}></path>` : nothing}
    <path class="spark-zero" d="M100 0V${height}M0 ${ground}H200"></path>
    <path class="spark-pairs ${cosines.length > mostSolid ? 'many' : ''}" d=${ticks}></path>
    ${interval ? svg`<path class="spark-interval" d="M${x(interval.low)} 11H${x(interval.high)}"></path>` : nothing}
    ${mean === null ? nothing : svg`<path class="spark-mean" d="M${x(mean)} 4V18"></path>`}
  </svg>`;
}

/** What is seen: "12 pairs from −0.03 to 0.81; random pairs 0.00 ± 0.05" */
function sparklineText({ leaveOneOut, random }: ConceptGeometry): string {
  const cosines = leaveOneOut.cosines.filter((cosine) => !Number.isNaN(cosine));
  const lowest = cosines.reduce((least, cosine) => Math.min(least, cosine), 1);
  const highest = cosines.reduce((most, cosine) => Math.max(most, cosine), -1);
  const pairs = plural(cosines.length, 'pair');
  const ranging =
    cosines.length < 2 ? pairs : t`${pairs} from ${formatCosine(lowest)} to ${formatCosine(highest)}`;
  return random
    ? t`${ranging}; random pairs ${formatCosine(random.cosine.mean)} ± ${formatCosine(random.cosine.sd)}`
    : ranging;
}

/** The histogram as one shape. */
function shape({ from, to, counts }: Histogram): string {
  const highest = counts.reduce((most, count) => Math.max(most, count), 1);
  const width = (to - from) / counts.length;
  const steps = Array.from(counts, (count, bin) => {
    const y = (ground - (count / highest) * (ground - 1)).toFixed(1);
    return `L${x(from + bin * width).toFixed(1)} ${y}H${x(from + (bin + 1) * width).toFixed(1)}`;
  });
  return `M${x(from)} ${ground}${steps.join('')}V${ground}Z`;
}
