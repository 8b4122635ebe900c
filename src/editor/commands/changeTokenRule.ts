import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  defaultTokenRule,
  isSameTokenRule,
  tokenPolicies,
  tokenRuleText,
  type TokenRule,
} from '../../concepts/tokenRule';
import { showStatus } from '../notify';
import type { ConceptStore } from '../stores/conceptStore';

/** *Change Token Rule…*: how the concept file's words are tokenized. */
export async function changeTokenRule(store: ConceptStore, given?: TokenRule): Promise<void> {
  store.assertEditable();
  const rule = given ?? (await askForRule(store.tokens));
  if (!rule) return;
  const { policy, leadingSpace } = rule;
  await store.editFile(({ tokens = defaultTokenRule, ...file }) =>
    isSameTokenRule(tokens, rule) ? { tokens, ...file } : { ...file, tokens: { policy, leadingSpace } },
  );
  showStatus(t`The concept file now uses: ${tokenRuleText(rule)}`, 6000);
}

async function askForRule(now: TokenRule): Promise<TokenRule | undefined> {
  const rules = [true, false].flatMap((leadingSpace) =>
    tokenPolicies.map((policy) => ({ policy, leadingSpace })),
  );
  const items = rules.map((rule) => ({
    label: tokenRuleText(rule),
    ...(isSameTokenRule(rule, now) && { description: t('in use') }),
    rule,
  }));
  return (await vscode.window.showQuickPick(items, { title: t('Select How Words Are Tokenized') }))?.rule;
}
