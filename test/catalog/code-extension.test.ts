import { expect, test } from 'vitest';
import { namesCode } from '../../src/catalog/code-extension.js';

const code =
  `tsType tsEnumNames goJSONSchema existingJavaType javaType javaInterfaces extendsJavaClass x-enum-varnames
  x-enumNames x-enumVarNames x-enum-names x-class x-className x-class-name x-package x-package-name x-module x-import x-imports
  x-implements x-extends x-interface x-namespace x-type-name x-javaType x-java-class x-java-import
  x-kotlin-type x-go-type x-go-type-import x-go-name x-go-package x-ts-import x-typescript-type x-oapi-codegen-extra-tags
  x-file x-command x-script x-code`.split(/\s+/);

const noCode =
  `x-description x-profile x-important x-classification x-prototype x-subscription x-postcode x-parser-schema-id
  x-order x-content-type x-media-type x-filename x-pathology x-typeface x-types-of-use x-classified x-packages-sent
  x-go-live x-net-price x-node-id x-swift-code x-javanese x-tsunami x-codec x-encoding x-barcode x-recommended x-commands
  x-scripture x-manuscript x-profile-type x-internal x-type x-open-enum x-event type title description class package`.split(
    /\s+/,
  );

test.each(code)('%s names code', (keyword) => {
  expect(namesCode(keyword)).toBe(true);
});

test.each(noCode)('%s names none', (keyword) => {
  expect(namesCode(keyword)).toBe(false);
});
