import { ModelError } from '../../errors';
import type { ByteSource } from '../storage/byteSource';
import { fieldsOf, textOf, type Field, type Range } from '../onnx/protobufReader';

/** A node, input or output of a graph, with the file offset of its field tag. */
export interface GraphField {
  readonly tag: number;
  readonly name: string;
}

export interface GraphNode extends GraphField {
  readonly operator: string;
  /** Its inputs, including outer values that its subgraphs may use. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Its subgraphs, such as the branches of an If, by attribute name. */
  readonly branches: readonly { readonly name: string; readonly range: Range }[];
}

/** The fields of a graph that determine which parts of it one of its values needs. */
export interface GraphFields {
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly GraphField[];
  readonly outputs: readonly GraphField[];
}

/** Exporters nest once (merged decoders); deeper nesting indicates damage. */
const deepest = 8;

/** The graph of an ONNX file. Field numbers are those of onnx.proto. @throws ModelError if it is damaged */
export function readGraphFields(source: ByteSource): GraphFields {
  const graphs = fieldsWithTags(source, { start: 0, end: source.size }).filter(
    ({ field }) => field.number === 7 && field.wire === 'bytes',
  );
  return readGraphs(
    source,
    graphs.map(({ field }) => field),
    0,
  );
}

/** The graph at `range`, which is one message. @throws ModelError if it is damaged */
export function readBranchFields(source: ByteSource, range: Range): GraphFields {
  return readGraphs(source, [range], 1);
}

function readGraphs(source: ByteSource, ranges: readonly Range[], depth: number): GraphFields {
  if (depth > deepest) {
    throw new ModelError(
      `${source.label} nests graphs ${depth} levels deep and is damaged; export it again.`,
    );
  }
  const nodes: GraphNode[] = [];
  const inputs: GraphField[] = [];
  const outputs: GraphField[] = [];
  for (const { field, tag } of ranges.flatMap((range) => fieldsWithTags(source, range))) {
    if (field.wire !== 'bytes') continue;
    if (field.number === 1) nodes.push(readNode(source, field, tag, depth));
    else if (field.number === 11) inputs.push({ tag, name: nameOf(source, field, 1) });
    else if (field.number === 12) outputs.push({ tag, name: nameOf(source, field, 1) });
  }
  return { nodes, inputs, outputs };
}

function readNode(source: ByteSource, range: Range, tag: number, depth: number): GraphNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const branches: { name: string; range: Range }[] = [];
  let [name, operator] = ['', ''];
  for (const field of fieldsOf(source, range)) {
    if (field.number === 1) inputs.push(textOf(source, field));
    else if (field.number === 2) outputs.push(textOf(source, field));
    else if (field.number === 3) name = textOf(source, field);
    else if (field.number === 4) operator = textOf(source, field);
    else if (field.number === 5) branches.push(...branchesOf(source, field));
  }
  for (const branch of branches) {
    const inner = readGraphs(source, [branch.range], depth + 1);
    inputs.push(...inner.nodes.flatMap((node) => node.inputs), ...inner.outputs.map((output) => output.name));
  }
  return { tag, name, operator, inputs, outputs, branches };
}

/** An attribute's graph (field 6) or graphs (11). */
function branchesOf(source: ByteSource, attribute: Range): { name: string; range: Range }[] {
  const ranges: Range[] = [];
  let name = '';
  for (const field of fieldsOf(source, attribute)) {
    if (field.number === 1) name = textOf(source, field);
    else if ((field.number === 6 || field.number === 11) && field.wire === 'bytes') ranges.push(field);
  }
  return ranges.map((range) => ({ name, range }));
}

function nameOf(source: ByteSource, range: Range, number: number): string {
  for (const field of fieldsOf(source, range)) if (field.number === number) return textOf(source, field);
  return '';
}

/** A field's tag starts where the previous field ends. */
function fieldsWithTags(source: ByteSource, range: Range): { field: Field; tag: number }[] {
  let tag = range.start;
  return Array.from(fieldsOf(source, range), (field) => {
    const found = { field, tag };
    tag = field.end;
    return found;
  });
}
