/** Ctrl-K: entities, text, panels and commands from one field. */
import { Command } from "cmdk";
import { Dialog as RadixDialog } from "radix-ui";
import { useMemo, useState } from "react";

import { useAnswer } from "../api/client";
import { fuse, lockCase, pickFiles, step } from "../domain/case/session";
import { KindMark } from "../domain/entity/marks";
import { usePreferences } from "../domain/state/preferences";
import { useSelection } from "../domain/state/selection";
import { LAYOUTS, PANELS, useWorkspace } from "../domain/state/workspace";
import { t, term } from "../i18n";
import { Text } from "../shared/controls";
import { ErrorBox } from "../shared/layout";
import { visible } from "../shared/text";
import { useLater } from "../shared/useLater";
import styles from "./palette.module.css";

interface Act {
  id: string;
  title: string;
  keys?: string;
  act: () => void;
}

function acts(): Act[] {
  const { open, arrange, setHelp } = useWorkspace.getState();
  const { set } = usePreferences.getState();
  return [
    ...PANELS.filter((panel) => panel !== "import").map((panel) => ({ id: `panel-${panel}`, title: t("palette.panel", { panel: t(`panel.${panel}`) }), act: () => open(panel) })),
    ...LAYOUTS.map((layout) => ({ id: `layout-${layout}`, title: t("palette.layout", { layout: t(`layout.${layout}`) }), act: () => arrange(layout) })),
    { id: "add", title: t("evidence.add"), act: () => void pickFiles() },
    { id: "fuse", title: t("palette.fuse"), act: () => void fuse() },
    { id: "undo", title: t("undo"), keys: "Ctrl Z", act: () => void step("undo") },
    { id: "redo", title: t("redo"), keys: "Ctrl Shift Z", act: () => void step("redo") },
    { id: "light", title: t("palette.light"), act: () => set({ theme: "light" }) },
    { id: "dark", title: t("palette.dark"), act: () => set({ theme: "dark" }) },
    { id: "system", title: t("palette.system"), act: () => set({ theme: "system" }) },
    { id: "keys", title: t("keys.title"), keys: "?", act: () => setHelp(true) },
    { id: "lock", title: t("lock"), keys: "Ctrl L", act: () => void lockCase() },
  ];
}

export function Palette() {
  const open = useWorkspace((state) => state.paletteOpen);
  const setPalette = useWorkspace((state) => state.setPalette);
  return (
    <RadixDialog.Root open={open} onOpenChange={setPalette}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={styles.overlay} />
        <RadixDialog.Content className={styles.palette} aria-describedby={undefined}>
          <RadixDialog.Title className="visually-hidden">{t("search")}</RadixDialog.Title>
          <Search onDone={() => setPalette(false)} />
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

function Search({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState("");
  const query = useLater(text.trim(), 80);
  const found = useAnswer("search.query", { query, limit: 24 }, { when: query !== "", keep: true });
  const hits = query === "" ? [] : (found.data?.hits ?? []);
  const entities = hits.filter((hit) => hit.kind === "entity");
  const texts = hits.filter((hit) => hit.kind !== "entity");
  const all = useMemo(acts, []);
  const wanted = text.trim().toLowerCase();
  const matching = all.filter((act) => wanted === "" || act.title.toLowerCase().includes(wanted));
  const choose = (act: () => void) => () => {
    onDone();
    act();
  };
  return (
    <Command shouldFilter={false} label={t("search")} loop>
      <Command.Input className={styles.input} value={text} onValueChange={setText} placeholder={t("palette.placeholder")} data-testid="palette-input" />
      <Command.List className={styles.list}>
        <ErrorBox error={found.error} />
        <Command.Empty className={styles.none}>{found.isFetching ? t("waiting") : t("palette.none")}</Command.Empty>
        {entities.length === 0 ? null : (
          <Command.Group heading={t("palette.entities")} className={styles.group}>
            {entities.map((hit) => (
              <Command.Item
                key={hit.id}
                value={`e:${hit.id}`}
                className={styles.item}
                data-testid="palette-entity"
                onSelect={choose(() => {
                  if (hit.entity !== null) useSelection.getState().select(hit.entity);
                })}
              >
                <KindMark kind={hit.entity?.kind ?? ""} />
                <Text value={hit.entity?.label ?? hit.text} longest={60} />
                <span className={styles.note}>{hit.entity === null ? "" : term("kind", hit.entity.kind)}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {texts.length === 0 ? null : (
          <Command.Group heading={t("palette.texts")} className={styles.group}>
            {texts.map((hit) => (
              <Command.Item
                key={`${hit.kind}:${hit.id}`}
                value={`t:${hit.kind}:${hit.id}`}
                className={styles.item}
                onSelect={choose(() => {
                  if (hit.entity !== null) useSelection.getState().select(hit.entity);
                  else if (hit.kind === "source") useWorkspace.getState().open("evidence");
                  else if (hit.kind === "event") useWorkspace.getState().open("timeline");
                })}
              >
                <span className={styles.hit}>{visible(hit.text)}</span>
                <span className={styles.note}>{visible(hit.context)}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {matching.length === 0 ? null : (
          <Command.Group heading={t("palette.acts")} className={styles.group}>
            {matching.map((act) => (
              <Command.Item key={act.id} value={`a:${act.id}`} className={styles.item} onSelect={choose(act.act)}>
                {act.title}
                <span className={styles.note}>{act.keys ?? ""}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}
