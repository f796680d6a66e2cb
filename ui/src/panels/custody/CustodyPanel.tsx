/** Whether the case is whole, everything that was done to it, and the way back: two logs below one standing. */
import { useState } from "react";

import { t } from "../../i18n";
import { Panel, Tabs } from "../../shared/layout";
import { Events } from "./Events";
import { Operations } from "./Operations";
import { StandingHead } from "./StandingHead";

export function CustodyPanel() {
  const [tab, setTab] = useState<"operations" | "events">("operations");
  return (
    <Panel id="custody" label={t("panel.custody")}>
      <StandingHead />
      <Tabs
        label={t("panel.custody")}
        tabs={[
          { id: "operations", label: t("log.tab") },
          { id: "events", label: t("custody.tab") },
        ]}
        current={tab}
        onChoose={setTab}
      >
        {tab === "operations" ? <Operations /> : <Events />}
      </Tabs>
    </Panel>
  );
}
