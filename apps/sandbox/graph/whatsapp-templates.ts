import { obj, objs, str, type Obj } from '../json.ts';
import type { Account, Template } from '../world/model.ts';
import type { GraphCall } from './call.ts';
import { missing, whatsappError } from './errors.ts';

/** A template as GET /{waba-id}/message_templates lists it. */
export function describeTemplate(template: Template, index: number): Obj {
  const { header, footer, link } = template;
  return {
    id: `1500000000000${String(index + 1).padStart(3, '0')}`,
    name: template.name,
    language: template.language,
    status: template.status,
    category: template.category,
    parameter_format: 'POSITIONAL',
    components: [
      ...(header === undefined ? [] : [{ type: 'HEADER', format: 'TEXT', text: header }]),
      { type: 'BODY', text: template.body },
      ...(footer === undefined ? [] : [{ type: 'FOOTER', text: footer }]),
      ...(link === undefined ? [] : [{ type: 'BUTTONS', buttons: [{ type: 'URL', text: link.text, url: link.url }] }]),
    ],
  };
}

/** Checks a template against what was approved; gives what the customer sees. */
export function checkTemplate(
  call: GraphCall,
  account: Account,
  part: Obj,
): { text: string; category: Template['category'] } {
  const name = str(part['name']);
  const language = str(obj(part['language'])?.['code']);
  if (!name) throw missing("template['name']");
  if (!language) throw missing("template['language']['code']");
  const template = call.world.templates.find((known) => known.name === name && known.language === language);
  if (!template) {
    throw whatsappError(
      132001,
      'Template name does not exist in the translation',
      `template name (${name}) does not exist in ${language} for account ${account.parentId ?? account.id}`,
    );
  }
  if (template.status === 'PAUSED')
    throw whatsappError(132015, 'Template is paused', 'Template is paused due to low quality.');
  if (template.status === 'REJECTED')
    throw whatsappError(132001, 'Template not approved', 'The template was rejected.');
  const components = objs(part['components']);
  const fill = (type: string, text: string | undefined): string[] => {
    const given = components.find((component) => str(component['type'])?.toLowerCase() === type);
    return text === undefined && !given ? [] : [filled(type, text ?? '', given)];
  };
  const lines = [
    ...fill('header', template.header),
    ...fill('body', template.body),
    ...(template.footer === undefined ? [] : [template.footer]),
    ...fill('button', template.link?.url),
  ];
  return { text: lines.join('\n\n'), category: template.category };
}

function filled(type: string, text: string, given: Obj | undefined): string {
  const values = objs(given?.['parameters']).map((parameter) => str(parameter['text']) ?? '');
  const expected = new Set(text.match(/\{\{\d+\}\}/g) ?? []).size;
  if (values.length !== expected) {
    throw whatsappError(
      132000,
      'Number of parameters does not match the expected number of params',
      `${type}: number of localizable_params (${values.length}) does not match the expected number of params (${expected})`,
    );
  }
  if (values.some((value) => value === '' || /[\n\t]| {5}/.test(value)))
    throw whatsappError(
      132012,
      'Parameter format does not match',
      'Param text cannot be empty or have new lines in it.',
    );
  return text.replace(/\{\{(\d+)\}\}/g, (_, position: string) => values[Number(position) - 1] ?? '');
}
