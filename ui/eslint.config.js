import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const shell = { group: ["@tauri-apps/*"], message: "only src/platform may speak with the shell" };
const above = (...tiers) => ({
  group: tiers.flatMap((tier) => [`**/${tier}/*`, `**/${tier}`]),
  message: "a tier knows only the tiers below it: shared → domain → panels → shell",
});

const tier = (folder, ...patterns) => ({
  files: [`src/${folder}/**/*.{ts,tsx}`],
  rules: { "no-restricted-imports": ["error", { patterns }] },
});

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/generated"] },
  ...tseslint.configs.strict,
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-imports": ["error", { patterns: [shell] }],
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "text from evidence reaches the page as text nodes" },
        { property: "outerHTML", message: "text from evidence reaches the page as text nodes" },
        { property: "insertAdjacentHTML", message: "text from evidence reaches the page as text nodes" },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "text from evidence reaches the page as text nodes" },
      ],
      "no-eval": "error",
      "no-console": "error",
    },
  },
  tier("shared", shell, above("api", "platform", "domain", "panels", "shell", "generated")),
  tier("api", shell, above("domain", "panels", "shell")),
  tier("domain", shell, above("panels", "shell")),
  tier("panels", shell, above("shell")),
  { files: ["src/platform/**/*.ts"], rules: { "no-restricted-imports": "off" } },
  { files: ["tests/**/*.{ts,tsx}", "dev/**/*.{ts,mjs}"], rules: { "@typescript-eslint/no-non-null-assertion": "off", "no-console": "off" } },
  { files: ["tests/platform.test.ts"], rules: { "no-restricted-imports": "off" } },
);
