"""LangChain's tutorial pipeline over Chroma's default embedder, which bench/tutorial.py starts and times.

It imports nothing of Footnote. Sizes and parameters are those of the tutorial
(https://docs.langchain.com/oss/python/langchain/rag); Chroma's own class embeds, float32, padded to 256
tokens, 32 texts at a time. Each line on standard input names a file of texts and a folder for a store.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from chromadb.config import Settings  # type: ignore[import-not-found,unused-ignore]
from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2
from langchain_chroma import Chroma  # type: ignore[import-not-found]
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter  # type: ignore[import-not-found]

TUTORIAL = {"chunk_size": 1000, "chunk_overlap": 200, "add_start_index": True}


class ChromasDefault(Embeddings):
    """Chroma's default embedder, with the model that lies in a folder."""

    def __init__(self, folder: Path) -> None:
        ONNXMiniLM_L6_V2.DOWNLOAD_PATH = folder
        self._embed = ONNXMiniLM_L6_V2()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector for each text."""
        return [vector.tolist() for vector in self._embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a text."""
        return self.embed_documents([text])[0]


def store(texts: list[str], folder: str, embeddings: Embeddings) -> int:
    """Split, embed and store; return how many chunks there are."""
    documents = [Document(page_content=text) for text in texts]
    chunks = RecursiveCharacterTextSplitter(**TUTORIAL).split_documents(documents)
    vectors = Chroma(
        "articles",
        embedding_function=embeddings,
        persist_directory=folder,
        client_settings=Settings(anonymized_telemetry=False, is_persistent=True, persist_directory=folder),
    )
    vectors.add_documents(chunks)
    return len(chunks)


def main() -> None:
    """Time what each line of standard input asks for; the model is loaded once, before the first."""
    embeddings = ChromasDefault(Path(sys.argv[1]))
    for line in sys.stdin:
        source, folder = json.loads(line)
        texts = [json.loads(each)["text"] for each in Path(source).read_text("utf-8").splitlines()]
        started, worked = time.perf_counter(), time.process_time()
        chunks = store(texts, folder, embeddings)
        took = {"seconds": time.perf_counter() - started, "work": time.process_time() - worked}
        print(json.dumps({**took, "chunks": chunks}), flush=True)


if __name__ == "__main__":
    main()
