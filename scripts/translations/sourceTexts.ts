import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Every text that the sources pass to `t`, in the order of the files: the keys of a bundle. */
export function sourceTexts(root: string): string[] {
  const files = ['src', 'webview'].flatMap((folder) =>
    readdirSync(join(root, folder), { encoding: 'utf8', recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(root, folder, name)),
  );
  return [...new Set(files.sort().flatMap((file) => textsIn(readFileSync(file, 'utf8'), file)))];
}

/**
 * The texts in one file, with placeholders as in a bundle: `{0}`, `{1}`, …
 *
 * @throws Error if a text is not written where `t` is called, so that nobody could translate it
 */
export function textsIn(source: string, file: string): string[] {
  if (!source.includes("'@vscode/l10n'")) return [];
  const texts: string[] = [];
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && isT(node.tag)) texts.push(keyOf(node.template));
    if (ts.isCallExpression(node) && isT(node.expression)) {
      const [text] = node.arguments;
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
      if (!text || !ts.isStringLiteralLike(text))
        throw new Error(`${file}:${line + 1}: write the text itself in t(…)`);
      texts.push(text.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return texts;
}

function isT(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === 't';
}

function keyOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.templateSpans.reduce(
    (text, { literal }, index) => `${text}{${index}}${literal.text}`,
    template.head.text,
  );
}
